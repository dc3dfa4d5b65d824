import fc from 'fast-check';
import type { Json, JsonObject } from '../../client.ts';
import type { Kind } from '../row.ts';

/** A record as a tool exports it, and the row that it is. */
export type Exported = Readonly<{ record: JsonObject; row: JsonObject }>;
export type Export = Readonly<{
  kind: Kind;
  system: string;
  /** Where the fields of the record are described. */
  source: string;
  /** Of so many records, each with a key of its own. */
  records: (nth: number) => fc.Arbitrary<Exported>;
}>;

export const SERVICE_NAMES = ['octo/checkout', 'octo/payment', 'octo/cart'] as const;
export const ENVIRONMENT_NAMES = ['production', 'staging'] as const;

const FROM = Date.UTC(2025, 0, 1);
const A_YEAR_S = 31_536_000;

const service = fc.constantFrom(...SERVICE_NAMES);
const environment = fc.constantFrom(...ENVIRONMENT_NAMES);
const sha = fc.stringMatching(/^[0-9a-f]{40}$/);
const text = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' })
  .map(each => `A ${each} z`.replaceAll(/\s+/g, ' '));
const second = fc.integer({ min: 0, max: A_YEAR_S });
const later = fc.integer({ min: 1, max: 100_000 });
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

/** RFC 3339 in UTC, so many seconds into the year. */
const at = (seconds: number): string => new Date(FROM + seconds * 1_000).toISOString().replace('.000Z', 'Z');
/** `2025-03-02 20:20:00`, as clocks of UTC showed it. */
const plain = (seconds: number): string => at(seconds).replace('T', ' ').replace('Z', '');
/** `2025-03-02T21:20:00.000+0100` */
const withOffset = (seconds: number): string => `${at(seconds + 3_600).replace('Z', '')}.000+0100`;
/** `2025-03-02 21:20:00 +0100` */
const spaced = (seconds: number): string => `${plain(seconds + 3_600)} +0100`;

const present = (row: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(row).filter((entry): entry is [string, Json] => entry[1] !== undefined));

const GITHUB_ENDS = { success: 'succeeded', failure: 'failed', error: 'failed' } as const;

const githubDeployment = (nth: number) =>
  fc.record({
    service,
    environment,
    sha,
    tag: maybe(fc.constant(`v1.${nth}.0`)),
    created: second,
    started: maybe(later),
    took: later,
    state: fc.constantFrom('success', 'failure', 'error', 'in_progress', 'queued', 'waiting', 'pending'),
    superseded: fc.boolean(),
    task: maybe(fc.constant('deploy')),
    description: maybe(text),
  });

// docs.github.com/en/rest/deployments/deployments (List deployments) and …/statuses (List deployment statuses)
const github: Export = {
  kind: 'deployments',
  system: 'github',
  source: 'https://docs.github.com/en/rest/deployments/deployments',
  records: nth =>
    githubDeployment(nth).map(said => {
      const { created, started, state } = said;
      const ended = created + (started ?? 0) + said.took;
      const outcome = state in GITHUB_ENDS ? GITHUB_ENDS[state as 'success'] : 'unfinished';
      const statuses = [
        ...(state === 'success' && said.superseded ? [{ state: 'inactive', created_at: at(ended + 500_000) }] : []),
        { state, created_at: at(ended), description: '' },
        ...(started === undefined ? [] : [{ state: 'in_progress', created_at: at(created + started) }]),
      ];
      return {
        record: present({ ...githubRecord(nth, said), statuses }),
        row: present({
          ...githubRow(nth, said),
          startedAt: at(started === undefined ? (state === 'in_progress' ? ended : created) : created + started),
          finishedAt: outcome === 'unfinished' ? undefined : at(ended),
          outcome,
        }),
      };
    }),
};

type GithubSaid = Readonly<{
  service: string;
  environment: string;
  sha: string;
  tag: string | undefined;
  created: number;
  took: number;
  state: string;
  task: string | undefined;
  description: string | undefined;
}>;

const githubRecord = (nth: number, said: GithubSaid) => ({
  id: nth + 1,
  node_id: `DE_${nth}`,
  url: `https://api.github.com/repos/${said.service}/deployments/${nth + 1}`,
  statuses_url: `https://api.github.com/repos/${said.service}/deployments/${nth + 1}/statuses`,
  repository_url: `https://api.github.com/repos/${said.service}`,
  sha: said.sha,
  ref: said.tag ?? 'main',
  task: said.task,
  description: said.description ?? null,
  payload: {},
  environment: said.environment,
  original_environment: said.environment,
  created_at: at(said.created),
  updated_at: at(said.created + said.took),
});

const githubRow = (nth: number, said: GithubSaid) => ({
  key: String(nth + 1),
  url: `https://api.github.com/repos/${said.service}/deployments/${nth + 1}`,
  service: said.service,
  environment: said.environment,
  commit: said.sha,
  version: said.tag,
  requestedAt: at(said.created),
});

// docs.github.com/en/webhooks/webhook-events-and-payloads#deployment_status
const githubWebhook: Export = {
  kind: 'deployments',
  system: 'github',
  source: 'https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment_status',
  records: key =>
    githubDeployment(key + 1_000_000).map(said => {
      const nth = key + 1_000_000;
      const outcome = said.state in GITHUB_ENDS ? GITHUB_ENDS[said.state as 'success'] : 'unfinished';
      const told = at(said.created + said.took);
      return {
        record: present({
          action: 'created',
          deployment_status: { id: nth, state: said.state, created_at: told, updated_at: told, description: '' },
          deployment: present(githubRecord(nth, said)),
          repository: { id: 1, full_name: said.service, private: false },
          sender: { login: 'octocat', id: 1 },
        }),
        row: present({
          ...githubRow(nth, said),
          startedAt: said.state === 'in_progress' ? told : at(said.created),
          finishedAt: outcome === 'unfinished' ? undefined : told,
          outcome,
        }),
      };
    }),
};

const GITLAB_ENDS = { success: 'succeeded', failed: 'failed', canceled: 'canceled' } as const;
const gitlabState = fc.constantFrom('success', 'failed', 'canceled', 'created', 'running', 'blocked');
const outcomeOf = (status: string): string => (status in GITLAB_ENDS ? GITLAB_ENDS[status as 'success'] : 'unfinished');

// docs.gitlab.com/api/deployments (List project deployments)
const gitlab: Export = {
  kind: 'deployments',
  system: 'gitlab',
  source: 'https://docs.gitlab.com/api/deployments/',
  records: nth =>
    fc
      .record({
        service,
        environment,
        sha,
        created: second,
        started: maybe(later),
        took: later,
        status: gitlabState,
        finished: fc.boolean(),
        user: maybe(text),
      })
      .map(said => {
        const start = said.created + (said.started ?? 0);
        const [finish, updated] = [start + said.took, start + said.took + 5];
        const isOver = outcomeOf(said.status) !== 'unfinished';
        const url = `https://gitlab.example/${said.service}/-/jobs/${nth}`;
        return {
          record: present({
            id: nth + 1,
            iid: nth + 1,
            ref: 'main',
            sha: said.sha,
            status: said.status,
            created_at: withOffset(said.created),
            updated_at: withOffset(updated),
            user: said.user === undefined ? null : { name: said.user },
            environment: { id: 9, name: said.environment, external_url: 'https://shop.example' },
            deployable: present({
              id: nth,
              status: said.status,
              started_at: said.started === undefined ? null : withOffset(start),
              finished_at: said.finished && isOver ? withOffset(finish) : null,
              web_url: url,
              pipeline: { id: 1, status: said.status },
            }),
          }),
          row: present({
            key: String(nth + 1),
            url,
            service: said.service,
            environment: said.environment,
            commit: said.sha,
            requestedAt: at(said.created),
            startedAt: at(start),
            finishedAt: isOver ? at(said.finished ? finish : updated) : undefined,
            outcome: outcomeOf(said.status),
          }),
        };
      }),
};

// docs.gitlab.com/user/project/integrations/webhook_events (Deployment events)
const gitlabWebhook: Export = {
  kind: 'deployments',
  system: 'gitlab',
  source: 'https://docs.gitlab.com/user/project/integrations/webhook_events/#deployment-events',
  records: nth =>
    fc.record({ service, environment, sha, changed: second, status: gitlabState, title: maybe(text) }).map(said => ({
      record: present({
        object_kind: 'deployment',
        status: said.status,
        status_changed_at: spaced(said.changed),
        deployment_id: nth + 1_000_001,
        deployable_id: nth,
        deployable_url: `https://gitlab.example/${said.service}/-/jobs/${nth}`,
        environment: said.environment,
        project: { id: 30, name: 'shop', path_with_namespace: said.service },
        short_sha: said.sha.slice(0, 8),
        commit_url: `https://gitlab.example/${said.service}/-/commit/${said.sha}`,
        commit_title: said.title,
        user: { id: 42, name: 'User1' },
      }),
      row: present({
        key: String(nth + 1_000_001),
        url: `https://gitlab.example/${said.service}/-/jobs/${nth}`,
        service: said.service,
        environment: said.environment,
        commit: said.sha,
        startedAt: at(said.changed),
        finishedAt: outcomeOf(said.status) === 'unfinished' ? undefined : at(said.changed),
        outcome: outcomeOf(said.status),
      }),
    })),
};

const PRIORITIES = { P1: 'critical', P2: 'high', P3: 'medium', P4: 'low', P5: 'low' } as const;

// developer.pagerduty.com/api-reference (List incidents)
const pagerduty: Export = {
  kind: 'incidents',
  system: 'pagerduty',
  source: 'https://developer.pagerduty.com/api-reference/ (List incidents)',
  records: nth =>
    fc
      .record({
        service,
        title: text,
        created: second,
        acknowledged: maybe(later),
        resolved: maybe(later),
        told: fc.boolean(),
        priority: maybe(fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5')),
        urgency: fc.constantFrom('high', 'low'),
        merged: fc.boolean(),
      })
      .map(said => {
        const over = said.resolved === undefined ? undefined : at(said.created + 100_000 + said.resolved);
        const seen = said.acknowledged === undefined ? undefined : at(said.created + said.acknowledged);
        const isMerged = over !== undefined && said.merged;
        return {
          record: present({
            id: `P${nth}`,
            type: 'incident',
            summary: `[#${nth}] ${said.title}`,
            html_url: `https://shop.pagerduty.com/incidents/P${nth}`,
            incident_number: nth,
            title: said.title,
            created_at: at(said.created),
            status: over === undefined ? (seen === undefined ? 'triggered' : 'acknowledged') : 'resolved',
            service: { id: 'PIJ90N7', type: 'service_reference', summary: said.service },
            last_status_change_at: over ?? seen ?? at(said.created),
            resolved_at: said.told ? (over ?? null) : undefined,
            acknowledgements:
              seen === undefined
                ? []
                : [{ at: at(said.created + 99_999_999) }, { at: seen, acknowledger: { id: 'PX' } }],
            priority: said.priority === undefined ? null : { id: 'PP', type: 'priority', summary: said.priority },
            urgency: said.urgency,
            resolve_reason: isMerged ? { type: 'merge_resolve_reason', incident: { id: 'P0' } } : null,
            escalation_policy: { id: 'PE', summary: 'Default' },
          }),
          row: present({
            key: `P${nth}`,
            url: `https://shop.pagerduty.com/incidents/P${nth}`,
            title: said.title,
            severity: said.priority === undefined ? said.urgency : PRIORITIES[said.priority],
            services: [said.service],
            detectedAt: at(said.created),
            acknowledgedAt: seen,
            resolvedAt: over,
            canceled: isMerged ? 'duplicate' : undefined,
          }),
        };
      }),
};

/** With `sysparm_display_value=all`, or the internal values alone. */
const serviceNowValues = (
  fields: Readonly<Record<string, readonly [value: string, display?: string] | undefined>>,
  isAll: boolean,
): JsonObject =>
  present(
    Object.fromEntries(
      Object.entries(fields).map(([name, said]) => {
        if (said === undefined) return [name, isAll ? { value: '', display_value: '' } : ''];
        const [value, display = value] = said;
        return [name, isAll ? { value, display_value: display } : value];
      }),
    ),
  );
/** What a reader in Berlin is shown. */
const shown = (seconds: number | undefined): readonly [string, string] | undefined =>
  seconds === undefined ? undefined : [plain(seconds), plain(seconds + 3_600)];

const CHANGE_STATES = [
  ['-5', 'New', 'open'],
  ['-4', 'Assess', 'open'],
  ['-3', 'Authorize', 'open'],
  ['-2', 'Scheduled', 'open'],
  ['-1', 'Implement', 'open'],
  ['0', 'Review', 'open'],
  ['3', 'Closed', 'closed'],
  ['4', 'Canceled', 'canceled'],
] as const;
const CLOSE_CODES = [
  ['successful', 'Successful', 'successful'],
  ['successful_issues', 'Successful with issues', 'successful-with-issues'],
  ['unsuccessful', 'Unsuccessful', 'unsuccessful'],
] as const;
const RISKS = [
  ['2', 'High', 'high'],
  ['3', 'Moderate', 'medium'],
  ['4', 'Low', 'low'],
] as const;

// ServiceNow's documentation: Table API, change_request; states, types and close codes of the Change Management API
const serviceNowChanges: Export = {
  kind: 'changes',
  system: 'servicenow',
  source: 'https://www.servicenow.com/docs (Table API: change_request; Change Management API)',
  records: nth =>
    fc
      .record({
        isAll: fc.boolean(),
        service: maybe(service),
        title: text,
        type: fc.constantFrom('normal', 'standard', 'emergency'),
        state: fc.constantFrom(...CHANGE_STATES),
        risk: maybe(fc.constantFrom(...RISKS)),
        opened: second,
        approved: maybe(later),
        started: maybe(later),
        ended: maybe(later),
        closed: later,
        closeCode: maybe(fc.constantFrom(...CLOSE_CODES)),
        unauthorized: fc.boolean(),
      })
      .map(said => {
        const when = (moment: number | undefined, after: number): number | undefined =>
          moment === undefined ? undefined : said.opened + after + moment;
        const [approved, started] = [when(said.approved, 0), when(said.started, 100_000)];
        const [ended, closed] = [when(said.ended, 200_000), said.opened + 300_000 + said.closed];
        const [value, display, state] = said.state;
        const isClosed = state === 'closed';
        return {
          record: serviceNowValues(
            {
              sys_id: [`c${nth}`],
              number: [`CHG${nth}`],
              short_description: [said.title],
              type: [said.type, said.type.charAt(0).toUpperCase() + said.type.slice(1)],
              state: [value, display],
              risk: said.risk && [said.risk[0], said.risk[1]],
              cmdb_ci: said.service === undefined ? undefined : [said.service],
              opened_at: shown(said.opened),
              approval_set: shown(approved),
              work_start: shown(started),
              work_end: shown(ended),
              closed_at: isClosed ? shown(closed) : undefined,
              close_code: isClosed && said.closeCode ? [said.closeCode[0], said.closeCode[1]] : undefined,
              unauthorized: [String(said.unauthorized)],
            },
            said.isAll,
          ),
          row: present({
            key: `CHG${nth}`,
            title: said.title,
            model: said.type,
            riskLevel: said.risk?.[2],
            services: said.service === undefined ? undefined : [said.service],
            requestedAt: at(said.opened),
            authorizedAt: approved === undefined ? undefined : at(approved),
            implementationStartedAt: started === undefined ? undefined : at(started),
            implementationEndedAt: ended === undefined ? undefined : at(ended),
            state,
            closedAt: isClosed ? at(closed) : undefined,
            closeCode: isClosed ? said.closeCode?.[2] : undefined,
            unauthorized: said.unauthorized ? true : undefined,
          }),
        };
      }),
};

const SN_PRIORITIES = [
  ['1', '1 - Critical', 'critical'],
  ['2', '2 - High', 'high'],
  ['3', '3 - Moderate', 'medium'],
  ['4', '4 - Low', 'low'],
  ['5', '5 - Planning', 'low'],
] as const;

// ServiceNow's documentation: Table API, incident
const serviceNowIncidents: Export = {
  kind: 'incidents',
  system: 'servicenow',
  source: 'https://www.servicenow.com/docs (Table API: incident)',
  records: nth =>
    fc
      .record({
        isAll: fc.boolean(),
        service,
        title: text,
        priority: fc.constantFrom(...SN_PRIORITIES),
        state: fc.constantFrom('1', '2', '3', '6', '7', '8'),
        major: fc.boolean(),
        opened: second,
        started: maybe(later),
        resolved: maybe(later),
        causedBy: maybe(fc.constant(`CHG${nth}`)),
      })
      .map(said => {
        const started = said.started === undefined ? undefined : said.opened + said.started;
        const resolved = said.resolved === undefined ? undefined : said.opened + 100_000 + said.resolved;
        return {
          record: serviceNowValues(
            {
              sys_id: [`i${nth}`],
              number: [`INC${nth}`],
              short_description: [said.title],
              priority: [said.priority[0], said.priority[1]],
              state: [said.state],
              major_incident_state: said.major ? ['accepted', 'Accepted'] : undefined,
              business_service: [said.service],
              opened_at: shown(said.opened),
              work_start: shown(started),
              resolved_at: shown(resolved),
              closed_at: undefined,
              caused_by: said.causedBy === undefined ? undefined : [said.causedBy],
            },
            said.isAll,
          ),
          row: present({
            key: `INC${nth}`,
            title: said.title,
            severity: said.priority[2],
            major: said.major ? true : undefined,
            services: [said.service],
            detectedAt: at(said.opened),
            acknowledgedAt: started === undefined ? undefined : at(started),
            resolvedAt: resolved === undefined ? undefined : at(resolved),
            canceled: said.state === '8' ? 'false-alarm' : undefined,
            causes: said.causedBy === undefined ? undefined : [{ kind: 'change', record: { key: said.causedBy } }],
          }),
        };
      }),
};

const JIRA_PRIORITIES = { Highest: 'critical', High: 'high', Medium: 'medium', Low: 'low', Lowest: 'low' } as const;
const RESOLUTIONS = { Done: undefined, Duplicate: 'duplicate', "Won't Do": 'false-alarm' } as const;

const jiraIssue = (
  nth: number,
  said: Readonly<{ title: string; created: number }>,
  fields: JsonObject,
): JsonObject => ({
  id: String(nth),
  key: `OPS-${nth}`,
  self: `https://shop.atlassian.net/rest/api/3/issue/${nth}`,
  expand: 'names',
  fields: {
    summary: said.title,
    created: withOffset(said.created),
    updated: withOffset(said.created),
    labels: [],
    reporter: { displayName: 'Ines', accountId: '1' },
    ...fields,
  },
});
const jiraRow = (nth: number, { title }: Readonly<{ title: string }>) => ({
  key: `OPS-${nth}`,
  url: `https://shop.atlassian.net/rest/api/3/issue/${nth}`,
  title,
});

// developer.atlassian.com/cloud/jira/platform/rest/v3 (issue search)
const jiraIncidents: Export = {
  kind: 'incidents',
  system: 'jira',
  source: 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/',
  records: nth =>
    fc
      .record({
        services: fc.uniqueArray(service, { minLength: 1 }),
        title: text,
        created: second,
        resolved: maybe(later),
        resolution: fc.constantFrom('Done', 'Duplicate', "Won't Do"),
        priority: fc.constantFrom('Highest', 'High', 'Medium', 'Low', 'Lowest'),
      })
      .map(said => ({
        record: jiraIssue(nth, said, {
          priority: { id: '1', name: said.priority },
          components: said.services.map(name => ({ id: '1', name })),
          issuetype: { name: 'Incident' },
          resolution: said.resolved === undefined ? null : { name: said.resolution },
          resolutiondate: said.resolved === undefined ? null : withOffset(said.created + said.resolved),
        }),
        row: present({
          ...jiraRow(nth, said),
          severity: JIRA_PRIORITIES[said.priority],
          services: said.services,
          detectedAt: at(said.created),
          resolvedAt: said.resolved === undefined ? undefined : at(said.created + said.resolved),
          canceled: said.resolved === undefined ? undefined : RESOLUTIONS[said.resolution],
        }),
      })),
};

const jiraChanges: Export = {
  kind: 'changes',
  system: 'jira',
  source: 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/',
  records: nth =>
    fc
      .record({
        services: fc.uniqueArray(service),
        title: text,
        created: second,
        resolved: maybe(later),
        isDone: fc.boolean(),
        type: fc.constantFrom('Change', 'Emergency change', 'Standard change'),
        isDeclined: fc.boolean(),
      })
      .map(said => {
        const isOver = said.resolved !== undefined && said.isDone;
        const state = isOver ? (said.isDeclined ? 'canceled' : 'closed') : 'open';
        return {
          record: jiraIssue(nth, said, {
            components: said.services.map(name => ({ id: '1', name })),
            issuetype: { name: said.type },
            status: { name: 'X', statusCategory: { key: isOver ? 'done' : 'indeterminate' } },
            resolution: isOver ? { name: said.isDeclined ? 'Declined' : 'Done' } : null,
            resolutiondate: isOver ? withOffset(said.created + (said.resolved ?? 0)) : null,
          }),
          row: present({
            ...jiraRow(nth, said),
            model: said.type.startsWith('E') ? 'emergency' : said.type.startsWith('S') ? 'standard' : 'normal',
            services: said.services.length === 0 ? undefined : said.services,
            requestedAt: at(said.created),
            state,
            closedAt: state === 'closed' ? at(said.created + (said.resolved ?? 0)) : undefined,
          }),
        };
      }),
};

/** By what it is called in a test. */
export const exportShapes: Readonly<Record<string, Export>> = {
  'GitHub deployments with their statuses': github,
  'GitHub deployment_status webhooks': githubWebhook,
  'GitLab deployments': gitlab,
  'GitLab deployment webhooks': gitlabWebhook,
  'PagerDuty incidents': pagerduty,
  'ServiceNow change_request': serviceNowChanges,
  'ServiceNow incident': serviceNowIncidents,
  'Jira issues as incidents': jiraIncidents,
  'Jira issues as changes': jiraChanges,
};

/** The same records for the same seed. */
export const exported = ({ records }: Export, count: number, seed: number): readonly Exported[] =>
  Array.from({ length: count }, (_, nth) => fc.sample(records(nth), { numRuns: 1, seed: seed + nth })).flat();
