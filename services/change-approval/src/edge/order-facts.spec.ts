import { digest } from '../domain/change.examples.ts';
import type { ChangeView } from '../read/change.view.ts';
import type { DeploymentCopy } from '../read/deployment.copy.ts';
import { outcomeAt } from './order-facts.ts';

const place = { serviceId: 'checkout', environmentId: 'eu' };
const target = { ...place, wave: 1 };
const artifacts = [{ serviceId: 'checkout', version: '2.4.0', digest: digest('a') }];
const content = { scope: [], artifacts, targets: [target] };
const change = (attempts: ChangeView['attempts'] = []) => ({ content, attempts });
const run = (changes: Partial<DeploymentCopy>): DeploymentCopy => ({
  ...place,
  deployer: 'person-1',
  kind: 'planned',
  digests: [digest('a')],
  rollingBack: false,
  startedAt: '2026-03-02T10:00:00Z',
  ...changes,
});
const succeeded = run({ outcome: 'succeeded' });
const { startedAt: _, ...waiting } = run({});

test.each<[string, readonly DeploymentCopy[], string]>([
  ['nothing ran', [], 'not-deployed'],
  ['one waits', [waiting], 'not-deployed'],
  ['one runs', [run({})], 'running'],
  ['one succeeded', [succeeded], 'succeeded'],
  ['a hotfix succeeded', [run({ kind: 'hotfix', outcome: 'succeeded' })], 'succeeded'],
  ['it was rolled back', [run({ outcome: 'rolled-back' })], 'rolled-back'],
  ['its rollback runs', [run({ outcome: 'succeeded', rollingBack: true })], 'rolling-back'],
  ['what rolled it back succeeded', [run({ kind: 'rollback', outcome: 'succeeded' })], 'not-deployed'],
  ['what was live ran once more', [run({ kind: 'redeploy', outcome: 'succeeded' })], 'not-deployed'],
  ['other content succeeded', [run({ digests: [digest('b')], outcome: 'succeeded' })], 'not-deployed'],
  ['it succeeded elsewhere', [run({ environmentId: 'us', outcome: 'succeeded' })], 'not-deployed'],
  ['another service did', [run({ serviceId: 'cart', outcome: 'succeeded' })], 'not-deployed'],
])('%s', (__, runs, outcome) => expect(outcomeAt(place, change(), runs)).toBe(outcome));

test('the run that started last tells, in whatever order they are known', () => {
  const failed = run({ outcome: 'failed', startedAt: '2026-03-02T09:59:59.999Z' });
  expect(outcomeAt(place, change(), [failed, succeeded])).toBe('succeeded');
  expect(outcomeAt(place, change(), [succeeded, failed])).toBe('succeeded');
  const again = run({ startedAt: '2026-03-02T10:00:01Z' });
  expect(outcomeAt(place, change(), [again, succeeded])).toBe('running');
});

test('what is done by hand is told by the change', () => {
  const attempt = { deploymentId: 'w1', target, byHand: true };
  expect(outcomeAt(place, change([attempt]), [])).toBe('running');
  expect(outcomeAt(place, change([{ ...attempt, outcome: 'succeeded' }]), [])).toBe('succeeded');
  expect(outcomeAt(place, change([{ deploymentId: 'd1', target, outcome: 'succeeded' }]), [])).toBe('not-deployed');
});
