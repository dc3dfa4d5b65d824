import type { Fact } from '../facts/facts.ts';
import { A, B, causedBy, commit, incident, march, run, told } from '../measures/example.ts';
import { releaseSummary } from '../report/release-summary.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import type { AnsweredRelease } from '../report/answered-release.ts';

/** A release of two services: checkout in two waves, rolled back in the first after an incident, payments fine, and a hotfix. */
export const releaseFacts = (names: Readonly<{ service: string; title: string }>): readonly Fact[] => {
  const under = { change: 'c1', release: 'r1' };
  return [
    ...told('service-checkout', ['1', 'ServiceRegistered', { name: names.service, ownerTeam: 'shop' }]),
    ...told('service-payments', ['1', 'ServiceRegistered', { name: 'payments', ownerTeam: 'bank' }]),
    ...told('environment-frankfurt', ['1', 'EnvironmentRegistered', { name: 'frankfurt', tier: 'production' }]),
    ...told('environment-boston', ['1', 'EnvironmentRegistered', { name: 'boston', tier: 'production' }]),
    ...told(
      'release-r1',
      ['1', 'ReleaseDrafted', { title: names.title, class: 'minor' }],
      [
        '1',
        'SuccessCriteriaDeclared',
        {
          criteria: [
            {
              id: 'calm',
              title: 'It breaks less <b>than</b> before',
              measurement: {
                measure: 'change-fail-rate',
                series: 'change-fail-rate',
                statistic: 'value',
                condition: 'below',
                limit: 0.1,
                days: 30,
              },
            },
            { id: 'liked', title: 'Customers like vouchers', howJudged: 'sealed:v1:x' },
          ],
        },
      ],
      [
        '30',
        'SuccessCriterionJudged',
        {
          criterionId: 'calm',
          verdict: 'not-met',
          note: 'sealed:v1:x',
          measured: { value: 0.12, definition: 'first/2', position: 900, counted: 25 },
        },
      ],
      ['1', 'ScopeItemAdded', { item: { key: 'SHOP-300', kind: 'feature', title: 'Vouchers' } }],
      [
        '1',
        'ScopeItemsChanged',
        { put: [{ key: 'SHOP-301', kind: 'fix', title: 'Round cents once' }], removed: ['SHOP-299'] },
      ],
      [
        '1',
        'ArtifactAttached',
        { artifact: artifactOf('checkout', A, [commit('x', '1 09:00'), commit('y', '1 15:00')]) },
      ],
      ['1', 'ArtifactAttached', { artifact: artifactOf('payments', B, [commit('z', '2 06:00')]) }],
      [
        '1 12:00',
        'ReleaseScheduled',
        { window: { start: '2026-03-03T08:00:00.000Z', end: '2026-03-03T14:00:00.000Z' }, targets: [] },
      ],
      ['9', 'ReleaseClosed', { outcome: 'partial' }],
    ),
    ...told(
      'change-c1',
      [
        '1 12:00',
        'ChangeRaised',
        { model: 'normal', releaseIds: ['r1'], serviceIds: ['checkout', 'payments'], content: { targets: [] } },
      ],
      ['1 13:00', 'ApprovalRequested', { slot: 'quality' }],
      ['2 10:00', 'ChangeAuthorized', { authorization: 'approved' }],
      ['3 08:00', 'ChangeImplementationStarted'],
      ['5 09:00', 'ChangeClosed', { closeCode: 'successful-with-issues', unauthorized: false }],
    ),
    ...run(
      'd1',
      under,
      ['3 08:00', 'DeploymentStarted'],
      ['3 08:20', 'TrafficTaken', { percent: 10 }],
      ['3 08:40', 'DeploymentSucceeded'],
      ['3 10:00', 'DeploymentRolledBack', { cause: 'fault' }],
    ),
    ...run(
      'd2',
      { ...under, environment: 'boston', wave: 2 },
      ['3 09:10', 'DeploymentStarted'],
      ['3 09:30', 'DeploymentFailed'],
    ),
    ...run(
      'd3',
      { ...under, service: 'payments', digest: B },
      ['3 08:10', 'DeploymentStarted'],
      ['3 08:25', 'TrafficTaken'],
      ['3 08:50', 'DeploymentSucceeded'],
    ),
    ...run(
      'd4',
      { kind: 'rollback', change: null, undoes: 'd1', digest: 'sha256:before' },
      ['3 09:50', 'DeploymentStarted'],
      ['3 09:55', 'TrafficTaken'],
      ['3 10:00', 'DeploymentSucceeded'],
    ),
    ...run(
      'd5',
      { kind: 'hotfix', change: 'c2', undoes: 'd1', digest: 'sha256:mended' },
      ['3 12:00', 'DeploymentStarted'],
      ['3 12:15', 'TrafficTaken'],
      ['3 12:30', 'DeploymentSucceeded'],
    ),
    ...incident(
      'i1',
      { detected: '3 09:05', impact: '3 08:30' },
      ['3 09:40', 'CauseConfirmed', causedBy('d1')],
      ['3 10:05', 'IncidentMitigated'],
    ),
    ...incident('i2', { detected: '3 11:00', services: ['payments'] }, ['3 12:00', 'CauseConfirmed', causedBy('d3')]),
  ];
};

const artifactOf = (serviceId: string, digest: string, commits: readonly object[]) => ({
  serviceId,
  digest,
  repository: `example/${serviceId}`,
  commits,
  pullRequests: [],
});

const PLAIN = { service: 'checkout', title: 'Checkout 2.4' };

/** As the API answers it on the 10th. */
export const summarized = (names = PLAIN, facts = releaseFacts(names)): AnsweredRelease => {
  const ledger = ledgerOf(recordsOf(facts));
  const now = Date.parse('2026-03-10T00:00:00.000Z');
  return {
    id: 'r1',
    number: 'REL-12',
    numbers: { 'release-r1': 'REL-12', 'deployment-d1': 'DEP-56', 'incident-i1': 'INC-7', 'change-c1': 'CHG-34' },
    zone: 'Europe/Berlin',
    asOf: new Date(now).toISOString(),
    position: 4_711,
    ...releaseSummary(ledger, ledger.releases[0]!, { ...march, from: 0, to: now + 1, now }),
  };
};
