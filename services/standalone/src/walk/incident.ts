import type { Cast } from './cast.ts';
import type { Walk } from './walker.ts';

const INC1 = '/v1/incidents/INC-1';

export const ALERTMANAGER_TOKEN = 'alertmanager-of-the-shop';

const alert = (walk: Walk, status: 'firing' | 'resolved', endsAt: string) => {
  const labels = {
    alertname: 'HighErrorRate',
    environment: 'production-us',
    service: 'checkout',
    severity: 'critical',
  };
  return {
    receiver: 'slipway',
    status,
    alerts: [
      {
        status,
        labels,
        annotations: { summary: 'checkout: more than 5 % of the answers are errors' },
        startsAt: walk.at(75),
        endsAt,
        generatorURL: 'http://prometheus.example:9090/graph',
        fingerprint: '3b1944364c0e85a9',
      },
    ],
    groupLabels: { alertname: 'HighErrorRate' },
    commonLabels: labels,
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example:9093',
    version: '4',
    groupKey: '{}:{alertname="HighErrorRate"}',
    truncatedAlerts: 0,
  };
};

const reports = (walk: Walk, what: string, message: object): Promise<void> =>
  walk.hears(what, '/v1/incidents/hooks/alertmanager', { Authorization: `Bearer ${ALERTMANAGER_TOKEN}` }, message);

/** An alert opens it; people take their roles, judge it, and say what it was. */
export const findTheCause = async (walk: Walk, cast: Cast): Promise<void> => {
  const { ivy } = cast;
  await reports(walk, 'Alertmanager: checkout fails in America', alert(walk, 'firing', '0001-01-01T00:00:00Z'));
  await ivy.sees('An incident is open, with what may have done it', INC1, {
    state: 'Detected',
    severity: 'critical',
    detectedBy: 'alert',
    candidates: expect.arrayContaining([expect.objectContaining({ verdict: 'open' })]),
  });
  await ivy.posts(
    'Ivy takes care of it',
    `${INC1}/acknowledge`,
    { occurredAt: walk.at(77) },
    { state: 'Acknowledged' },
  );
  await takeRoles(walk, cast);
  await judge(walk, cast);
  await confirm(cast);
};

const takeRoles = async (walk: Walk, { ivy }: Cast): Promise<void> => {
  await ivy.posts(
    'She coordinates',
    `${INC1}/assign-role`,
    { role: 'coordinator', person: 'ivy@shop.example' },
    {
      roles: [{ role: 'coordinator' }],
    },
  );
  await ivy.posts(
    'Dana is asked for what she knows',
    `${INC1}/assign-role`,
    {
      role: 'subject-expert',
      person: 'dana@shop.example',
    },
    { roles: [{}, { role: 'subject-expert' }] },
  );
  const { tasks } = await ivy.posts(
    'Somebody looks at the provider',
    `${INC1}/add-task`,
    { title: 'Ask the provider', owner: 'dana@shop.example', dueAt: walk.at(95) },
    { tasks: [{ state: 'open' }] },
  );
  await ivy.posts(
    'The provider is fine',
    `${INC1}/complete-task`,
    { task: tasks[0].taskId, note: 'All green there.' },
    {
      tasks: [{ state: 'done' }],
    },
  );
};

const judge = async (walk: Walk, { ivy }: Cast): Promise<void> => {
  await ivy.posts(
    'It is high, not critical',
    `${INC1}/classify`,
    { severity: 'high', reason: 'Every tenth order.' },
    {
      severity: 'high',
    },
  );
  await ivy.posts('It is a major incident', `${INC1}/declare-major`, { reason: 'It is in the news.' }, { major: true });
  await ivy.posts(
    'It began before the alert',
    `${INC1}/correct-impact-start`,
    { impactStartedAt: walk.at(73), reason: 'The first failed order.' },
    { impactStartedAt: walk.at(73) },
  );
};

const confirm = async ({ ivy, rita }: Cast): Promise<void> => {
  const { candidates } = await ivy.sees(
    'The likeliest cause is the last roll-out of checkout',
    `${INC1}/candidates`,
    {},
  );
  const { id } = await rita.sees('which is DEP-13', '/v1/deployments/DEP-13', { state: 'Succeeded' });
  expect(candidates[0].deploymentId).toBe(id);
  await ivy.posts(
    'Payment did not do it',
    `${INC1}/reject-candidate`,
    { deployment: 'DEP-12', note: 'It went back.' },
    {
      candidates: expect.arrayContaining([expect.objectContaining({ verdict: 'rejected' })]),
    },
  );
  await ivy.posts(
    'DEP-13 did',
    `${INC1}/confirm-cause`,
    { kind: 'deployment', deployment: 'DEP-13', primary: true, note: 'A null price.' },
    { causes: [{ kind: 'deployment', deploymentId: id, primary: true }] },
  );
  await rita.posts(
    'The change says so, too',
    '/v1/changes/CHG-2/link-record',
    { incident: 'INC-1', relation: 'caused-by' },
    {
      relatedRecords: [{ record: 'incident', relation: 'caused-by' }],
    },
  );
};

/** Restored by the forward fix, it comes back once, and ends for good. */
export const endTheIncident = async (walk: Walk, { ivy }: Cast): Promise<void> => {
  await ivy.posts(
    'Service is restored',
    `${INC1}/mitigate`,
    { deployment: 'DEP-14', occurredAt: walk.at(95) },
    {
      state: 'Mitigated',
      mitigatedAt: walk.at(95),
    },
  );
  await ivy.posts(
    'The fault is gone',
    `${INC1}/resolve`,
    { note: 'Fixed by 2.4.1.', occurredAt: walk.at(97) },
    {
      state: 'Resolved',
    },
  );
  await ivy.posts(
    'It is not',
    `${INC1}/reopen`,
    { reason: 'Old baskets fail still.', occurredAt: walk.at(100) },
    {
      state: 'Acknowledged',
      impact: [{ startedAt: walk.at(73), endedAt: walk.at(95) }, { startedAt: walk.at(100) }],
    },
  );
  await ivy.isRefused('It is not closed as it is', 'incident-not-resolved', `${INC1}/close`);
  await ivy.posts(
    'Old baskets are emptied',
    `${INC1}/resolve`,
    { note: 'Emptied by hand.', occurredAt: walk.at(104) },
    {
      state: 'Resolved',
      impact: [{}, { startedAt: walk.at(100), endedAt: walk.at(104) }],
    },
  );
  await reports(walk, 'Alertmanager: it is over', alert(walk, 'resolved', walk.at(105)));
  await ivy.sees('All alerts are quiet', INC1, { quiet: true, alerts: [{ status: 'resolved' }] });
  await ivy.posts('Ivy closes it', `${INC1}/close`, {}, { state: 'Closed' });
  await ivy.sees('Its timeline tells of the roll-outs, too', `${INC1}/timeline?pageSize=200`, {
    items: expect.arrayContaining([
      expect.objectContaining({ event: expect.objectContaining({ type: 'DeploymentRolledBack' }) }),
      expect.objectContaining({ event: expect.objectContaining({ type: 'IncidentReopened' }) }),
    ]),
  });
};
