import 'reflect-metadata';
import type { Client } from '@slipway/service/testing';
import { digest, type Fixture, startFixture, windowAround } from './fixture.ts';

let fixture: Fixture;
let rita: Client;
let ann: Client;
let drew: Client;

beforeAll(async () => {
  fixture = await startFixture();
  rita = await fixture.person('rita', ['release-manager']);
  ann = await fixture.person('ann', ['change-approver', 'deployer']);
  drew = await fixture.person('drew', ['deployer']);
});
afterAll(() => fixture.stop());

type Body = Readonly<
  Record<string, unknown> & { id: string; contentDigest: string; attempts: { deploymentId: string }[] }
>;

const approved = async (changes: object = {}): Promise<Body> => {
  const content = {
    window: windowAround(),
    targets: [
      { service: 'checkout', environment: 'production' },
      { service: 'shop', environment: 'production' },
    ],
    configurationItems: [{ kind: 'firewall-rule', name: 'edge/443' }],
    ...changes,
  };
  const plans = { backOut: { steps: 'Close it again', minutes: 5 } };
  const asked = { title: 'Open port 443', model: 'emergency', content, plans };
  const { body } = await rita.post('/v1/changes', asked).expect(201);
  const approving = { contentDigest: body.contentDigest };
  return (await ann.post(`/v1/changes/${body.id}/approve`, approving).expect(200)).body;
};
const decided = async (who: Client, change: string, changes: object = {}) =>
  (await who.post('/v1/decisions', { service: 'checkout', environment: 'production', change, ...changes }).expect(201))
    .body;
const post = async (who: Client, { id }: Body, action: string, body: object, status = 200) =>
  (await who.post(`/v1/changes/${id}/${action}`, body).expect(status)).body;

test('a change that nothing deploys is decided upon, done by hand, reviewed and closed', async () => {
  const change = await approved();
  const { id: decision, verdict } = await decided(drew, change.id);
  expect(verdict).toBe('allow');
  const begun = await post(drew, change, 'begin-work', { decision });
  expect(begun).toMatchObject({ state: 'Implement', attempts: [{ byHand: true, target: { wave: 1 } }] });
  expect(begun.attempts[0].outcome).toBeUndefined();
  expect((await post(rita, change, 'cancel', { reason: 'x' }, 409)).code).toBe('deployment-running');
  const [first] = begun.attempts;
  await post(drew, change, 'finish-work', { attempt: first.deploymentId, outcome: 'succeeded' });
  const second = (await decided(drew, change.id, { service: 'shop' })).id;
  const { attempts } = await post(drew, change, 'begin-work', { decision: second });
  const failed = { attempt: attempts[1].deploymentId, outcome: 'rolled-back' };
  expect(await post(drew, change, 'finish-work', failed)).toMatchObject({
    state: 'Review',
    outcomes: [{ outcome: 'succeeded' }, { outcome: 'rolled-back' }],
  });
  expect((await post(rita, change, 'review', { closeCode: 'successful' }, 409)).code).toBe('close-code-not-permitted');
  expect((await post(rita, change, 'review', { closeCode: 'unsuccessful' }, 409)).code).toBe('close-reason-required');
  await post(rita, change, 'review', { closeCode: 'successful-with-issues' });
  const { tasks } = await post(rita, change, 'add-task', { title: 'Tell the support desk' });
  expect((await post(rita, change, 'close', {}, 409)).code).toBe('tasks-open');
  await post(rita, change, 'finish-task', { task: tasks[0].id });
  expect(await post(rita, change, 'close', {})).toMatchObject({ state: 'Closed', closeCode: 'successful-with-issues' });
});

test('nobody begins without a decision that is his and says yes', async () => {
  const change = await approved();
  const begin = async (who: Client, decision: string, status = 409) =>
    (await post(who, change, 'begin-work', { decision }, status)).code;
  expect(await begin(drew, 'nope', 422)).toBe('unknown-decision');
  expect(await begin(rita, 'nope', 403)).toBe('not-permitted');
  const byApprover = await decided(ann, change.id);
  expect(byApprover).toMatchObject({ verdict: 'deny' });
  expect(await begin(ann, byApprover.id)).toBe('not-allowed');
  const { id } = await decided(drew, change.id);
  expect(await begin(ann, id)).toBe('decision-mismatch');
  const other = await approved();
  expect((await post(drew, other, 'begin-work', { decision: id }, 409)).code).toBe('decision-mismatch');
  expect((await post(drew, change, 'finish-work', { attempt: 'nope', outcome: 'failed' }, 409)).code).toBe(
    'change-not-authorized',
  );
});

test('nobody begins what the plan says would outlast the window', async () => {
  const { id } = await approved({ window: windowAround(60, 40) });
  expect(await decided(drew, id)).toMatchObject({ verdict: 'allow' });
  const steps = { kind: 'implementation', steps: 'One rule after the other', minutes: 60 };
  const { contentDigest } = (await rita.post(`/v1/changes/${id}/plan`, steps).expect(200)).body;
  await ann.post(`/v1/changes/${id}/approve`, { contentDigest }).expect(200);
  const { verdict, rules } = await decided(drew, id);
  expect(verdict).toBe('deny');
  expect(rules).toContainEqual(expect.objectContaining({ rule: 'inside-window', outcome: 'non-compliant' }));
});

test('what will not be done any more is withdrawn, and the review begins', async () => {
  const change = await approved();
  const withdrawing = { reason: 'Ann says that one is enough' };
  expect((await post(rita, change, 'withdraw-remaining', withdrawing, 409)).code).toBe('change-not-in-implementation');
  const { attempts } = await post(drew, change, 'begin-work', { decision: (await decided(drew, change.id)).id });
  await post(drew, change, 'finish-work', { attempt: attempts[0].deploymentId, outcome: 'succeeded' });
  expect(await post(rita, change, 'withdraw-remaining', withdrawing)).toMatchObject({
    state: 'Review',
    outcomes: [{ outcome: 'succeeded' }, { outcome: 'not-deployed' }],
  });
  expect(JSON.stringify(await fixture.slipway.events(`change-${change.id}`))).not.toContain('Ann says');
});

test('what has artifacts is deployed', async () => {
  const artifacts = [{ service: 'checkout', version: '2.4.0', digest: digest('7') }];
  const change = await approved({ artifacts, commitAuthors: ['github:dana'] });
  const { id: decision, verdict } = await decided(drew, change.id);
  expect(verdict).toBe('allow');
  expect((await post(drew, change, 'begin-work', { decision }, 409)).code).toBe('work-is-deployed');
});
