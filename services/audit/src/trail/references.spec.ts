import { categories, samples } from '@slipway/contracts';
import { isHub, referencesIn } from './references.ts';

const DEPLOYMENT = '0198c1a0-0000-7000-8000-000000000003';
const PERSON = 'person-0198c1a0-1000-7000-8000-000000000001';
const of = (type: string, data: object) =>
  Object.fromEntries(referencesIn({ type, data }).map(({ to, meaning }) => [to, meaning]));

test('a field named after a category holds the id of such a record, wherever it stands', () => {
  expect(of('X', { changeId: 'c', releaseIds: ['r', 's'], deep: [{ er: { incidentId: 'i' } }] })).toEqual({
    'change-c': 'follows',
    'release-r': 'follows',
    'release-s': 'follows',
    'incident-i': 'follows',
  });
});

test('so does one that ends with it, and one that is known by name', () => {
  expect(of('X', { pipelineRunId: 'p', firstDeploymentId: 'd', undoes: 'u', duplicateOf: 'i' })).toEqual({
    'pipelineRun-p': 'follows',
    'deployment-d': 'follows',
    'deployment-u': 'follows',
    'incident-i': 'follows',
  });
});

test('a record may be named by its category and its id', () => {
  expect(of('X', { record: 'problem', recordId: 'p' })).toEqual({ 'problem-p': 'follows' });
  expect(of('X', { record: 'nothing', recordId: 'p' })).toEqual({});
});

test('ids of other things are no references', () => {
  expect(
    of('X', { deliveryId: 'x', externalId: '1', fingerprint: 'y', identity: 'z', width: 3, changeIdea: 'none' }),
  ).toEqual({});
});

test('a rollback came out of the deployment that names it', () => {
  expect(of('RollbackStarted', { rollbackDeploymentId: 'r', cause: 'fault' })).toEqual({ 'deployment-r': 'leads' });
});

test('services, environments, people, grants and targets are mentioned', () => {
  expect(of('X', { serviceId: 's', environmentId: 'e', roleGrantId: 'g', targetId: 't', deployer: PERSON })).toEqual({
    'service-s': 'mentions',
    'environment-e': 'mentions',
    'roleGrant-g': 'mentions',
    'target-t': 'mentions',
    [PERSON]: 'mentions',
  });
});

test('candidates, rejected causes and what a decision read are mentioned, unless something else is said of them', () => {
  expect(of('CauseProposed', { candidates: [{ deploymentId: 'd', changeId: 'c' }] })).toEqual({
    'deployment-d': 'mentions',
    'change-c': 'mentions',
  });
  expect(of('CauseRejected', { deploymentId: 'd' })).toEqual({ 'deployment-d': 'mentions' });
  expect(
    of('DecisionTaken', {
      inputs: [
        { stream: 'change-c', version: 1 },
        { stream: 'release-r', version: 2 },
      ],
      changeId: 'c',
    }),
  ).toEqual({
    'change-c': 'follows',
    'release-r': 'mentions',
  });
});

test('in every sample the ids are found: nothing that refers is overlooked', () => {
  const names = categories.map(({ name }) => name);
  for (const [type, data] of Object.entries(samples)) {
    const ids = new Set(JSON.stringify(data).match(/0198c1a0-0000-7000-8000-[0-9a-f]{12}/g) ?? []);
    const found = referencesIn({ type, data }).map(({ to }) => to.slice(to.indexOf('-') + 1));
    expect([type, [...ids].filter(id => !found.includes(id))]).toEqual([type, []]);
    for (const { to } of referencesIn({ type, data })) expect(names).toContain(to.slice(0, to.indexOf('-')));
  }
});

test('what a trail does not go through', () => {
  expect([`service-x`, PERSON, 'target-x'].map(isHub)).toEqual([true, true, true]);
  expect(isHub(`deployment-${DEPLOYMENT}`)).toBe(false);
});
