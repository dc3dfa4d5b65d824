import fc from 'fast-check';
import {
  at,
  environment,
  type Export,
  later,
  maybe,
  present,
  second,
  service,
  sha,
  spaced,
  text,
  withOffset,
} from './parts.example.ts';

const GITLAB_ENDS = { success: 'succeeded', failed: 'failed', canceled: 'canceled' } as const;
const gitlabState = fc.constantFrom('success', 'failed', 'canceled', 'created', 'running', 'blocked');
const outcomeOf = (status: string): string => (status in GITLAB_ENDS ? GITLAB_ENDS[status as 'success'] : 'unfinished');

// docs.gitlab.com/api/deployments (List project deployments)
export const gitlab: Export = {
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
export const gitlabWebhook: Export = {
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
