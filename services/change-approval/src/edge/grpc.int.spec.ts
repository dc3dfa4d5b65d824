import 'reflect-metadata';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { protoDirectory } from '@slipway/contracts';
import type { Client } from '@slipway/service/testing';
import { digest, type Fixture, startFixture, windowAround } from './fixture.ts';

type Call = (
  message: object,
  metadata: grpc.Metadata,
  done: (error: grpc.ServiceError | null, answer?: Answer) => void,
) => void;
type Answer = Readonly<Record<string, unknown>>;
type Stub = Readonly<Record<string, Call>> & { close: () => void };

let fixture: Fixture;
let people: Readonly<Record<'rita' | 'ann' | 'bob' | 'drew', Client>>;
let changes: Stub;
let decisions: Stub;

beforeAll(async () => {
  fixture = await startFixture();
  people = {
    rita: await fixture.person('rita', ['release-manager']),
    ann: await fixture.person('ann', ['change-approver']),
    bob: await fixture.person('bob', ['change-approver']),
    drew: await fixture.person('drew', ['deployer']),
  };
  const loaded = loadSync('slipway/change_approval/v1/change_approval.proto', {
    includeDirs: [protoDirectory],
    longs: String,
    enums: String,
  });
  const { slipway } = grpc.loadPackageDefinition(loaded) as unknown as {
    slipway: { change_approval: { v1: Record<'ChangesService' | 'DecisionsService', new (...of: unknown[]) => Stub> } };
  };
  const { ChangesService, DecisionsService } = slipway.change_approval.v1;
  changes = new ChangesService(fixture.slipway.grpcAddress, grpc.credentials.createInsecure());
  decisions = new DecisionsService(fixture.slipway.grpcAddress, grpc.credentials.createInsecure());
});
afterAll(async () => {
  changes.close();
  decisions.close();
  await fixture.stop();
});

const call = (stub: Stub, method: string, who: Client, message: object): Promise<Answer> => {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${who.token}`);
  return new Promise((resolve, reject) =>
    stub[method]?.call(stub, message, metadata, (error, answer) => (error ? reject(error) : resolve(answer ?? {}))),
  );
};
const failing = (stub: Stub, method: string, who: Client, message: object): Promise<number | undefined> =>
  call(stub, method, who, message).then(
    () => undefined,
    ({ code }: grpc.ServiceError) => code,
  );

const seconds = (instant: string) => ({ seconds: String(Math.floor(Date.parse(instant) / 1_000)), nanos: 0 });

test('a change is raised, approved, previewed and decided upon', async () => {
  const { rita, ann, drew } = people;
  const { start, end } = windowAround();
  const request = {
    requestId: 'raise-over-grpc',
    title: 'Open port 443',
    model: 'CHANGE_MODEL_EMERGENCY',
    content: {
      window: { start: seconds(start), end: seconds(end) },
      targets: [{ service: 'checkout', environment: 'production' }],
      backoutMinutes: 15,
      rollbackPlan: digest('f'),
    },
  };
  const raised = (await call(changes, 'RaiseChange', rita, request)) as {
    change: Record<string, string>;
    event: string;
  };
  expect(raised).toMatchObject({
    change: { state: 'CHANGE_STATE_AUTHORIZE', model: 'CHANGE_MODEL_EMERGENCY' },
    replayed: false,
  });
  expect(await call(changes, 'RaiseChange', rita, request)).toMatchObject({
    change: { id: raised.change['id'] },
    replayed: true,
  });
  const { id = '', number = '', contentDigest } = raised.change;
  expect(await call(changes, 'ApproveChange', ann, { id: number, contentDigest, comment: 'Go' })).toMatchObject({
    change: {
      state: 'CHANGE_STATE_SCHEDULED',
      approvals: [{ state: 'APPROVAL_STATE_APPROVED', comment: 'Go' }],
      envelope: { riskLevel: 'RISK_LEVEL_HIGH' },
    },
  });
  const question = { service: 'checkout', environment: 'production', change: number, deployer: 'drew@example.org' };
  expect(await call(decisions, 'Preview', drew, { ...question, at: seconds('2026-01-02T00:00:00Z') })).toMatchObject({
    decision: { verdict: 'VERDICT_DENY', id: '', nextOpening: seconds(start) },
  });
  const enforced = (await call(decisions, 'Enforce', drew, { ...question, requestId: 'gate' })) as {
    decision: Record<string, unknown>;
  };
  expect(enforced).toMatchObject({
    decision: { verdict: 'VERDICT_ALLOW', changeId: id, kind: 'DEPLOYMENT_KIND_PLANNED' },
  });
  expect(await call(decisions, 'GetDecision', rita, { id: enforced.decision['id'] })).toMatchObject({
    decision: { verdict: 'VERDICT_ALLOW' },
  });
  expect(await call(changes, 'ListChanges', rita, { afterEvent: raised.event, q: 'port 443' })).toMatchObject({
    changes: [{ id, services: ['service-checkout'] }],
  });
});

test('a change is kept in step, planned, and given tasks and links', async () => {
  const { rita, ann } = people;
  const { start, end } = windowAround();
  const request = {
    system: 'github',
    key: 'shop/checkout#7',
    title: 'Timeout of the basket',
    model: 'CHANGE_MODEL_EMERGENCY',
    content: {
      window: { start: seconds(start), end: seconds(end) },
      targets: [{ service: 'checkout', environment: 'production' }],
      configurationItems: [{ kind: 'parameter', name: 'basket.timeout' }],
    },
    plans: { backOut: { steps: 'Set it back', minutes: 5 } },
  };
  const kept = (await call(changes, 'KeepChange', rita, request)) as { change: Record<string, unknown> };
  expect(kept).toMatchObject({
    done: ['raised', 'planned', 'described'],
    change: {
      backoutMinutes: 5,
      content: { configurationItems: [{ name: 'basket.timeout' }] },
      plans: [{ kind: 'back-out', steps: 'Set it back' }],
      externalRefs: [{ system: 'github', key: 'shop/checkout#7' }],
    },
  });
  const again = await call(changes, 'KeepChange', rita, request);
  expect(again).toMatchObject({ change: { id: kept.change['id'], version: kept.change['version'] } });
  expect(again['done'] ?? []).toEqual([]);
  const { id } = kept.change;
  const planned = { id, kind: 'test', steps: 'Wait for it' };
  expect(await call(changes, 'PlanChange', rita, planned)).toMatchObject({ change: { plans: [{}, { kind: 'test' }] } });
  const tasked = (await call(changes, 'AddTask', rita, { id, title: 'Tell the desk', dueAt: seconds(end) })) as {
    change: { tasks: { id: string }[] };
  };
  expect(tasked).toMatchObject({ change: { tasks: [{ state: 'Open', order: 1, dueAt: seconds(end) }] } });
  const task = tasked.change.tasks[0]?.id;
  await call(changes, 'MoveTask', rita, { id, task, order: 4 });
  await call(changes, 'AssignTask', rita, { id, task, owner: 'ann@example.org' });
  expect(await call(changes, 'FinishTask', rita, { id, task, note: 'Told' })).toMatchObject({
    change: { tasks: [{ state: 'Done', order: 4, note: 'Told' }] },
  });
  expect(await failing(changes, 'DropTask', rita, { id, task, reason: 'x' })).toBe(grpc.status.FAILED_PRECONDITION);
  await fixture.slipway.append('incident', 'i1', { type: 'IncidentDetected', data: { title: 'Slow' } });
  const link = { id, incident: 'i1', relation: 'remediates' };
  expect(await call(changes, 'LinkRecord', rita, link)).toMatchObject({
    change: { relatedRecords: [{ record: 'incident', recordId: 'i1', relation: 'remediates' }] },
  });
  const unlinked = await call(changes, 'UnlinkRecord', rita, { id, incident: 'i1', reason: 'x' });
  expect((unlinked['change'] as Answer)['relatedRecords'] ?? []).toEqual([]);
  const { event } = unlinked;
  expect(
    await call(changes, 'ListChanges', ann, { afterEvent: event, awaiting: 'me', ref: 'shop/checkout#7' }),
  ).toMatchObject({ changes: [{ id, refs: ['shop/checkout#7'], openSlots: [{ missing: 1 }] }] });
});

test('what nothing deploys is done by hand under a decision', async () => {
  const { rita, ann, drew } = people;
  const { start, end } = windowAround();
  const target = { service: 'checkout', environment: 'production' };
  const { change } = (await call(changes, 'RaiseChange', rita, {
    title: 'Open port 8443',
    model: 'CHANGE_MODEL_EMERGENCY',
    content: {
      window: { start: seconds(start), end: seconds(end) },
      targets: [target, { ...target, service: 'shop' }],
      configurationItems: [{ kind: 'firewall-rule', name: 'edge/8443' }],
    },
    plans: { backOut: { steps: 'Close it again', minutes: 5 } },
  })) as { change: { id: string; contentDigest: string } };
  const { id, contentDigest } = change;
  await call(changes, 'ApproveChange', ann, { id, contentDigest });
  const asked = { ...target, change: id, deployer: 'drew@example.org' };
  const { decision } = (await call(decisions, 'Enforce', drew, asked)) as { decision: { id: string } };
  expect(await failing(changes, 'BeginWork', rita, { id, decision: decision.id })).toBe(grpc.status.PERMISSION_DENIED);
  const begun = (await call(changes, 'BeginWork', drew, { id, decision: decision.id })) as {
    change: { attempts: { deploymentId: string }[] };
  };
  expect(begun).toMatchObject({ change: { state: 'CHANGE_STATE_IMPLEMENT', attempts: [{ byHand: true }] } });
  const attempt = begun.change.attempts[0]?.deploymentId;
  const { status } = grpc;
  expect(await failing(changes, 'FinishWork', drew, { id, attempt, outcome: 'x' })).toBe(status.INVALID_ARGUMENT);
  expect(await call(changes, 'FinishWork', drew, { id, attempt, outcome: 'succeeded' })).toMatchObject({
    change: { attempts: [{ outcome: 'succeeded' }] },
  });
  expect(await failing(changes, 'WithdrawRemaining', rita, { id })).toBe(status.INVALID_ARGUMENT);
  expect(await call(changes, 'WithdrawRemaining', rita, { id, reason: 'one is enough' })).toMatchObject({
    change: { state: 'CHANGE_STATE_REVIEW' },
  });
});

test('the codes are those of gRPC', async () => {
  const { rita, ann, bob } = people;
  const { status } = grpc;
  expect(await failing(changes, 'GetChange', rita, { id: 'CHG-99999' })).toBe(status.NOT_FOUND);
  expect(await failing(changes, 'RaiseChange', rita, { title: 'x' })).toBe(status.INVALID_ARGUMENT);
  expect(await failing(changes, 'HoldChange', ann, { id: 'CHG-1', reason: 'x' })).toBe(status.PERMISSION_DENIED);
  expect(await failing(decisions, 'Enforce', bob, { service: 'checkout', environment: 'production' })).toBe(
    status.PERMISSION_DENIED,
  );
  expect(await failing(changes, 'CloseChange', rita, { id: 'CHG-1' })).toBe(status.FAILED_PRECONDITION);
});
