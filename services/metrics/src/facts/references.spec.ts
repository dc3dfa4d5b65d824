import { told } from '../measures/example.ts';
import { correctionOf, mentionedIn, subjectsOf } from './references.ts';

test.each([
  [
    'DeploymentRequested',
    { production: true, target: { serviceId: 's' }, changeId: 'c', releaseId: 'r', undoes: 'd' },
    ['change-c', 'release-r', 'deployment-d'],
  ],
  [
    'DeploymentImported',
    { production: true, change: { id: 'c' }, remediates: { record: 'incident', id: 'i' } },
    ['change-c', 'incident-i'],
  ],
  ['CauseConfirmed', { kind: 'deployment', deploymentId: 'd', primary: true }, ['deployment-d']],
  [
    'IncidentImported',
    { serviceIds: ['s'], namedCauses: [{ kind: 'change', record: { id: 'c' } }, { kind: 'external' }] },
    ['change-c'],
  ],
  ['ChangeRaised', { releaseIds: ['r', 'r'], serviceIds: ['s'], content: { targets: [] } }, ['release-r']],
  ['IncidentMitigated', { deploymentId: 'd' }, ['deployment-d']],
  ['RemediationRejected', { record: 'deployment', recordId: 'd' }, ['deployment-d']],
  ['DeploymentStarted', {}, []],
] as const)('%s names the records that it says something of', (type, data, expected) =>
  expect(mentionedIn(told('any-1', ['1', type, data])[0]!)).toEqual(expected),
);

test('an incident, a change and a release are about services; a deployment is about its target', () => {
  const about = (type: Parameters<typeof told>[1][1], data: object) => subjectsOf(told('any-1', ['1', type, data])[0]!);
  expect(about('IncidentDetected', { serviceIds: ['s', 't'] })).toEqual(['s', 't']);
  expect(about('AlertAttached', {})).toEqual([]);
  expect(about('ArtifactAttached', { artifact: { serviceId: 's', commits: [] } })).toEqual(['s']);
  expect(about('DeploymentRequested', { target: { serviceId: 's' } })).toEqual([]);
});

test('a request is a correction, and so is the whole batch of an import', () => {
  expect(correctionOf({ data: {}, correlationId: 'a' })).toEqual({ kind: 'request', id: 'a' });
  const data = { origin: { system: 'jenkins', key: '7', batch: 'b' } };
  expect(correctionOf({ data, correlationId: 'a' })).toEqual({ kind: 'import', id: 'b' });
});
