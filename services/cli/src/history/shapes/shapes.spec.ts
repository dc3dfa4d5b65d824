import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../client.ts';
import { type Kind } from '../row.ts';
import { shapeOf, shapes } from './all.ts';

// What tools sent, as kept beside the adapters of their webhooks (SOURCES.md there).
const recorded = (name: string): JsonObject =>
  JSON.parse(
    readFileSync(new URL(`../../../../deployment-execution/fixtures/${name}.json`, import.meta.url), 'utf8'),
  ) as JsonObject;

const row = (kind: Kind, record: JsonObject): JsonObject => {
  const read = shapeOf(record)?.reads[kind];
  if (!read) throw new Error('no tool exports that');
  return read(record);
};
const refusalOf = (kind: Kind, record: JsonObject): unknown => {
  try {
    return row(kind, record);
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('GitHub', () => {
  test('the body of a webhook', () =>
    expect(row('deployments', recorded('github/deployment_status.success'))).toEqual({
      key: '145988746',
      url: 'https://api.github.com/repos/Codertocat/Hello-World/deployments/145988746',
      service: 'Codertocat/Hello-World',
      environment: 'production',
      commit: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
      requestedAt: '2019-05-15T15:20:53Z',
      startedAt: '2019-05-15T15:20:53Z',
      finishedAt: '2019-05-15T15:20:55Z',
      outcome: 'succeeded',
    }));
  // https://docs.github.com/en/rest/deployments/deployments, with the statuses of each beside it.
  const deployment = {
    id: 1,
    url: 'https://api.github.com/repos/octocat/example/deployments/1',
    statuses_url: 'https://api.github.com/repos/octocat/example/deployments/1/statuses',
    sha: 'a84d88e7554fc1fa21bcbc4efae3c782a70d2b9d',
    ref: 'v1.2.0',
    environment: 'production',
    created_at: '2025-03-02T20:00:00Z',
  };
  const status = (state: string, time: string) => ({ state, created_at: `2025-03-02T${time}:00Z` });
  test('a deployment that was superseded later ended when it succeeded', () =>
    expect(
      row('deployments', {
        ...deployment,
        statuses: [status('inactive', '23:00'), status('success', '20:09'), status('in_progress', '20:02')],
      }),
    ).toMatchObject({
      service: 'octocat/example',
      version: 'v1.2.0',
      startedAt: '2025-03-02T20:02:00Z',
      finishedAt: '2025-03-02T20:09:00Z',
      outcome: 'succeeded',
    }));
  test('without statuses nothing is known of its end', () =>
    expect(refusalOf('deployments', deployment)).toBe('outcome-missing'));
});

describe('GitLab', () => {
  test('the body of a webhook, with a time in its own dialect', () =>
    expect(row('deployments', recorded('gitlab/deployment'))).toMatchObject({
      key: '15',
      service: 'root/test-deployment-webhooks',
      environment: 'staging',
      commit: '279484c09fbe69ededfced8c1bb6e6d24616b468',
      finishedAt: '2021-04-28T19:50:00Z',
      outcome: 'succeeded',
    }));
  // https://docs.gitlab.com/api/deployments/
  test('a deployment of the API', () =>
    expect(
      row('deployments', {
        id: 42,
        sha: 'a91957a858320c0e17f3a0eca7cfacbff50ea29a',
        status: 'failed',
        created_at: '2025-03-02T20:00:00.000Z',
        updated_at: '2025-03-02T20:20:00.000Z',
        environment: { id: 9, name: 'production' },
        deployable: {
          started_at: '2025-03-02T20:01:00.000Z',
          finished_at: '2025-03-02T20:11:00.000Z',
          web_url: 'https://gitlab.example/shop/checkout/-/jobs/7',
        },
      }),
    ).toEqual({
      key: '42',
      url: 'https://gitlab.example/shop/checkout/-/jobs/7',
      service: 'shop/checkout',
      environment: 'production',
      commit: 'a91957a858320c0e17f3a0eca7cfacbff50ea29a',
      requestedAt: '2025-03-02T20:00:00Z',
      startedAt: '2025-03-02T20:01:00Z',
      finishedAt: '2025-03-02T20:11:00Z',
      outcome: 'failed',
    }));
});

describe('PagerDuty', () => {
  // https://developer.pagerduty.com/api-reference/ (List incidents)
  const incident = {
    id: 'PT4KHLK',
    incident_number: 1234,
    title: 'The server is on fire.',
    created_at: '2025-10-06T21:30:42Z',
    status: 'resolved',
    resolved_at: '2025-10-06T21:55:42Z',
    urgency: 'high',
    html_url: 'https://subdomain.pagerduty.com/incidents/PT4KHLK',
    service: { id: 'PIJ90N7', summary: 'Checkout' },
    acknowledgements: [{ at: '2025-10-06T21:33:00Z' }, { at: '2025-10-06T21:32:00Z' }],
  };
  test('an incident', () =>
    expect(row('incidents', incident)).toEqual({
      key: 'PT4KHLK',
      url: 'https://subdomain.pagerduty.com/incidents/PT4KHLK',
      title: 'The server is on fire.',
      severity: 'high',
      services: ['Checkout'],
      detectedAt: '2025-10-06T21:30:42Z',
      acknowledgedAt: '2025-10-06T21:32:00Z',
      resolvedAt: '2025-10-06T21:55:42Z',
    }));
  test('the priority says more than the urgency, and a word that nobody knows is refused', () => {
    expect(row('incidents', { ...incident, priority: { summary: 'P1' } })).toMatchObject({ severity: 'critical' });
    expect(refusalOf('incidents', { ...incident, priority: { summary: 'Huge' } })).toBe('unknown-word');
  });
});

describe('ServiceNow', () => {
  // Table API with sysparm_display_value=all: display_value is in the zone of the reader, value in UTC.
  const both = (value: string, display_value = value) => ({ value, display_value });
  const change = {
    number: both('CHG0030002'),
    short_description: both('Checkout 2.4'),
    type: both('normal', 'Normal'),
    state: both('3', 'Closed'),
    risk: both('3', 'Moderate'),
    cmdb_ci: both('b0ca9e0bdb4a', 'checkout'),
    opened_at: both('2025-02-24 08:00:00', '2025-02-24 09:00:00'),
    approval_set: both('2025-02-27 14:00:00', '2025-02-27 15:00:00'),
    work_start: both(''),
    closed_at: both('2025-03-03 09:00:00', '2025-03-03 10:00:00'),
    close_code: both('successful_issues', 'Successful with issues'),
  };
  const read = {
    key: 'CHG0030002',
    title: 'Checkout 2.4',
    model: 'normal',
    riskLevel: 'medium',
    services: ['checkout'],
    requestedAt: '2025-02-24T08:00:00Z',
    authorizedAt: '2025-02-27T14:00:00Z',
    state: 'closed',
    closedAt: '2025-03-03T09:00:00Z',
    closeCode: 'successful-with-issues',
  };
  test('a change, with both values of each field', () => expect(row('changes', change)).toEqual(read));
  test('a change, with internal values only', () => {
    const plain = Object.fromEntries(Object.entries(change).map(([field, { value }]) => [field, value]));
    expect(row('changes', plain)).toEqual({ ...read, services: ['b0ca9e0bdb4a'] });
  });
  test('an incident names the change that caused it', () =>
    expect(
      row('incidents', {
        number: 'INC0010001',
        short_description: 'Checkout answers with errors',
        priority: '1 - Critical',
        state: '7',
        cmdb_ci: { display_value: 'checkout', link: 'https://example.service-now.com/api/now/table/cmdb_ci/1' },
        caused_by: { display_value: 'CHG0030002', link: 'https://example.service-now.com/api/now/table/task/2' },
        opened_at: '2025-03-02 20:20:00',
        resolved_at: '2025-03-02 20:50:00',
      }),
    ).toEqual({
      key: 'INC0010001',
      title: 'Checkout answers with errors',
      severity: 'critical',
      services: ['checkout'],
      detectedAt: '2025-03-02T20:20:00Z',
      resolvedAt: '2025-03-02T20:50:00Z',
      causes: [{ kind: 'change', record: { key: 'CHG0030002' } }],
    }));
});

describe('Jira', () => {
  // https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
  const issue = (fields: object): JsonObject => ({
    id: '10002',
    key: 'OPS-7',
    self: 'https://example.atlassian.net/rest/api/3/issue/10002',
    fields: {
      summary: 'Checkout answers with errors',
      created: '2025-03-02T21:20:00.000+0100',
      resolutiondate: '2025-03-02T22:00:00.000+0100',
      components: [{ name: 'checkout' }],
      ...(fields as JsonObject),
    },
  });
  test('an incident', () =>
    expect(row('incidents', issue({ priority: { name: 'Highest' }, resolution: { name: 'Done' } }))).toMatchObject({
      key: 'OPS-7',
      severity: 'critical',
      services: ['checkout'],
      detectedAt: '2025-03-02T20:20:00Z',
      resolvedAt: '2025-03-02T21:00:00Z',
    }));
  test('a duplicate was none', () =>
    expect(row('incidents', issue({ priority: { name: 'Low' }, resolution: { name: 'Duplicate' } }))).toMatchObject({
      canceled: 'duplicate',
    }));
  test('a change', () =>
    expect(
      row('changes', issue({ issuetype: { name: 'Emergency change' }, status: { statusCategory: { key: 'done' } } })),
    ).toMatchObject({ model: 'emergency', state: 'closed', closedAt: '2025-03-02T21:00:00Z' }));
});

test('a status page: the fields of https://developer.statuspage.io/', () =>
  expect(
    row('incidents', {
      id: '9632825',
      entry_id: 'tag:www.githubstatus.com,2005:Incident/9632825',
      title: 'Incident with Codespaces',
      impact: 'minor',
      started_at: '2022-03-26T01:43:00Z',
      resolved_at: '2022-03-26T03:35:00Z',
    }),
  ).toEqual({
    key: '9632825',
    title: 'Incident with Codespaces',
    severity: 'medium',
    impactStartedAt: '2022-03-26T01:43:00Z',
    detectedAt: '2022-03-26T01:43:00Z',
    resolvedAt: '2022-03-26T03:35:00Z',
  }));

test('what looks like none is none', () => expect(shapeOf({ key: 'x' })).toBeUndefined());
test('each says where its fields are described', () => {
  for (const { source } of Object.values(shapes)) expect(source).toMatch(/https:\/\//);
});
