import type { change } from '../change-approval.ts';
import type { SamplesOf } from '../contract.ts';
import type { deployment } from '../deployment-execution.ts';
import type { incident } from '../incident-correlation.ts';
import { commit, digest, ids } from './example.ts';

const batch = '0198c1a0-3000-7000-8000-000000000001';
const originOf = (system: string, key: string) => ({ system, key, batch });
const deployed = { system: 'github', key: '1042', id: ids.deployment };
const changed = { system: 'servicenow', key: 'CHG0030002', id: ids.change };

export const deploymentImportedSample: SamplesOf<typeof deployment>['DeploymentImported'] = {
  origin: { ...originOf('github', '1043'), url: 'https://github.com/example/checkout/deployments/1043' },
  kind: 'rollback',
  serviceId: ids.checkout,
  environmentId: ids.production,
  production: true,
  region: 'eu-central-1',
  version: '2.3.7',
  digests: [digest],
  commit,
  commits: [{ sha: commit, committedAt: '2025-03-02T18:00:00Z' }],
  pullRequests: [{ key: '311', firstCommitAt: '2025-02-27T10:00:00Z', mergedAt: '2025-03-02T18:05:00Z' }],
  change: changed,
  requestedAt: '2025-03-02T20:29:00Z',
  startedAt: '2025-03-02T20:30:00Z',
  finishedAt: '2025-03-02T20:38:00Z',
  outcome: 'rolled-back',
  tookTraffic: true,
  rolledBackFor: 'fault',
  rolledBackAt: '2025-03-02T20:50:00Z',
  undoes: deployed,
  remediates: { record: 'incident', system: 'pagerduty', key: 'PGR0VU2', id: ids.incident },
};

export const incidentImportedSample: SamplesOf<typeof incident>['IncidentImported'] = {
  origin: originOf('pagerduty', 'PGR0VU2'),
  title: 'Checkout answers with errors',
  severity: 'high',
  major: false,
  serviceIds: [ids.checkout],
  environmentId: ids.production,
  impactStartedAt: '2025-03-02T20:20:00Z',
  detectedAt: '2025-03-02T20:22:00Z',
  acknowledgedAt: '2025-03-02T20:24:00Z',
  mitigatedAt: '2025-03-02T20:38:00Z',
  resolvedAt: '2025-03-02T20:50:00Z',
  closedAt: '2025-03-04T09:00:00Z',
  canceled: 'duplicate',
  canceledAt: '2025-03-04T09:00:00Z',
  namedCauses: [
    { kind: 'deployment', record: deployed },
    { kind: 'change', record: changed },
  ],
};

export const changeImportedSample: SamplesOf<typeof change>['ChangeImported'] = {
  origin: originOf('servicenow', 'CHG0030002'),
  title: 'Checkout 2.4',
  model: 'normal',
  breakGlass: false,
  riskLevel: 'medium',
  serviceIds: [ids.checkout],
  environmentIds: [ids.production],
  requestedAt: '2025-02-24T09:00:00Z',
  approvalRequestedAt: '2025-02-25T09:00:00Z',
  authorizedAt: '2025-02-27T15:00:00Z',
  implementationStartedAt: '2025-03-02T20:00:00Z',
  implementationEndedAt: '2025-03-02T20:15:00Z',
  state: 'closed',
  closedAt: '2025-03-03T10:00:00Z',
  closeCode: 'successful-with-issues',
  unauthorized: false,
};
