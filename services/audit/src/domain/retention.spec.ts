import { eventTypes, samples } from '@slipway/contracts';
import { actsIn } from '../read/retained-acts.projection.ts';
import { retentionOf, retentionYears } from './retention.ts';

test.each(Object.entries(retentionOf))('%s keeps somebody whom it names', (type, { class: kept }) => {
  expect(eventTypes.has(type)).toBe(true);
  expect(retentionYears[kept]).toBeGreaterThan(0);
  const acts = actsIn({ type, data: samples[type]! }, retentionOf);
  expect(acts).not.toEqual([]);
  for (const act of acts) expect(act).toMatchObject({ class: kept, at: '2026-03-02T09:00:01.250Z' });
});

test('the deployer, and who was granted a role, are kept with who asked for it', () => {
  const people = (type: string): readonly string[] =>
    actsIn({ type, data: samples[type]! }, retentionOf).map(({ person }) => person);
  const named = samples['RoleGranted'] as { person: string; actor: string; onBehalfOf: string };
  expect(people('RoleGranted')).toEqual([named.actor, named.onBehalfOf, named.person]);
  expect(people('DeploymentRequested')).toContain((samples['DeploymentRequested'] as { deployer: string }).deployer);
});

test('other events keep nobody', () => {
  expect(actsIn({ type: 'ReleaseCommented', data: samples['ReleaseCommented']! }, retentionOf)).toEqual([]);
  expect(actsIn({ type: 'constructor', data: samples['ReleaseCommented']! }, retentionOf)).toEqual([]);
});

test('processes are nobody', () => {
  const data = { ...samples['DeploymentStarted'], actor: 'process-x', onBehalfOf: undefined };
  expect(actsIn({ type: 'DeploymentStarted', data }, retentionOf)).toEqual([]);
});
