import { fold, isRejection, type Stamped } from '@slipway/event-sourcing';
import { builtIn } from './approval-policy.ts';
import { change } from './change.ts';
import type { ChangeCommand } from './change-commands.ts';
import {
  after,
  ann,
  bob,
  checkout,
  command,
  contentWith,
  digest,
  granting,
  payments,
  person,
  proposing,
  raising,
  risk,
  rita,
} from './change.examples.ts';
import { changeMoves, type Status, statuses } from './change-moves.ts';
import type { ChangeModel } from './change-state.ts';

type Asked = Stamped<ChangeCommand>;
type Type = ChangeCommand['type'];

const models: readonly ChangeModel[] = ['standard', 'normal', 'emergency'];
const two = proposing(contentWith('a', [checkout, payments]));
const other = proposing(contentWith('b', [checkout, payments]));
const inside = { ...two, window: { start: '2026-03-02T10:30:00Z', end: '2026-03-02T13:00:00Z' } };
const reason = { reason: 'sealed:v1:x' };

// A policy that asks one person of every model, and one that asks nobody.
const slots = [{ slot: 'one', role: 'change-approver', concern: 'quality', count: 2 }] as const;
const asking = { policyVersion: '2', slots: { standard: slots, normal: slots, emergency: slots } };
const nobody = { policyVersion: '3', slots: { standard: [], normal: [], emergency: [] } };
const policies = [builtIn, asking, nobody];

/** Every command, in every way that leads to another state somewhere. */
const variantsOf = (model: ChangeModel): Readonly<Record<Type, readonly Asked[]>> => {
  const raise = { ...raising(model, two).data, releaseIds: [] };
  const verdicts = [ann, bob].map(who => granting(person(who), { contentDigest: two.contentDigest }));
  const proposed = [two, other, inside].flatMap(proposal => policies.map(policy => ({ ...raise, proposal, policy })));
  const settled = ['succeeded', 'failed'] as const;
  return {
    RaiseChange: policies.map(policy => command('RaiseChange', { ...raise, policy })),
    ProposeChange: proposed.map(data => command('ProposeChange', { ...data, releaseOpen: true })),
    ReviseChange: proposed.map(data => command('ReviseChange', data)),
    AssessRisk: [risk, { ...risk, criticalities: ['critical' as const] }].flatMap(found =>
      policies.map(policy => command('AssessRisk', { risk: found, policy })),
    ),
    RequestApprovals: policies.map(policy => command('RequestApprovals', { policy })),
    GrantApproval: verdicts,
    RejectApproval: verdicts.map(({ data, stamp }) => ({
      type: 'RejectApproval',
      data: { ...data, comment: 'sealed:v1:no' },
      stamp,
    })),
    HoldChange: [command('HoldChange', reason)],
    ResumeChange: [command('ResumeChange', {})],
    CancelChange: [command('CancelChange', reason)],
    RecordAttempt: [command('RecordAttempt', { deploymentId: 'd1', target: checkout })],
    SettleTarget: settled.flatMap(outcome => [
      command('SettleTarget', { deploymentId: 'd1', target: checkout, outcome }),
      command('SettleTarget', { deploymentId: 'd2', target: payments, outcome }, AFTER),
    ]),
    RecordElsewhere: (['succeeded', undefined] as const).map(outcome =>
      command('RecordElsewhere', { deploymentId: 't1', target: payments, digests: [], ...(outcome && { outcome }) }),
    ),
    WithdrawTargets: [command('WithdrawTargets', reason)],
    WithdrawRemaining: [command('WithdrawRemaining', reason)],
    EndWindow: [command('EndWindow', {}), command('EndWindow', {}, AFTER)],
    FlagUnauthorized: [command('FlagUnauthorized', { deploymentId: 'd1', rules: ['inside-window'] })],
    ReviewChange: [command('ReviewChange', { closeCode: 'unsuccessful', note: 'sealed:v1:x' })],
    PlanChange: (['implementation', 'test', 'back-out'] as const).flatMap(kind =>
      policies.map(policy => command('PlanChange', { risk, policy, plan: { ...plan, kind } })),
    ),
    BeginWork: [command('BeginWork', { changeId: 'c1', decision: allow })],
    FinishWork: ([...settled, 'rolled-back'] as const).map(outcome =>
      command('FinishWork', { attempt: 'w1', outcome }),
    ),
    AddTask: [command('AddTask', { taskId: 't2', title: 'Tell the support desk' })],
    MoveTask: [command('MoveTask', { taskId: 't1', order: 7 })],
    AssignTask: [command('AssignTask', { taskId: 't1', owner: ann })],
    FinishTask: [command('FinishTask', { taskId: 't1' })],
    DropTask: [command('DropTask', { taskId: 't1', ...reason })],
    LinkRecord: [command('LinkRecord', { ...incident, relation: 'related' })],
    UnlinkRecord: [command('UnlinkRecord', { ...incident, ...reason })],
    CloseChange: [command('CloseChange', {})],
  };
};
const plan = { steps: 'sealed:v1:x', digest: digest('5'), minutes: 20 };
const allow = {
  verdict: 'allow',
  deploymentId: 'w1',
  changeId: 'c1',
  target: payments,
  deployer: rita,
  digests: [],
  validUntil: '2026-03-02T11:01:00Z',
} as const;
const incident = { record: 'incident', recordId: 'i1' } as const;
const AFTER = '2026-03-02T14:00:00Z';

/** Ways to be in a state: what was asked until then. */
const waysTo = (model: ChangeModel): Partial<Record<Status, readonly (readonly Asked[])[]>> => {
  const of = variantsOf(model);
  const [byPolicy, byAsking, withNobody] = of.RaiseChange as [Asked, Asked, Asked];
  const [grant, second] = of.GrantApproval as [Asked, Asked];
  const rejected = [byAsking, of.RejectApproval[0] as Asked];
  const scheduled = [byAsking, grant, second];
  const [failed] = [command('SettleTarget', { deploymentId: 'd1', target: checkout, outcome: 'failed' })];
  const [begun, done] = [of.RecordAttempt[0] as Asked, of.SettleTarget[0] as Asked];
  const byHand = of.BeginWork[0] as Asked;
  const implement = [...scheduled, begun];
  const review = [...implement, done, of.SettleTarget[1] as Asked];
  const closed = [...review, of.ReviewChange[0] as Asked, of.CloseChange[0] as Asked];
  return {
    none: [[]],
    new: [rejected, ...(model === 'emergency' ? [[withNobody]] : [])],
    assess: model === 'normal' ? [[withNobody]] : [],
    authorize: [[byAsking], [byAsking, grant], ...(model === 'standard' ? [] : [[byPolicy]])],
    scheduled: [scheduled, ...(model === 'standard' ? [[byPolicy]] : [])],
    implement: [[...implement, done, byHand], implement, [...implement, done], [...implement, failed]],
    review: [
      [...implement, done, byHand, of.FinishWork[0] as Asked],
      review,
      [...review, command('DropTask', { taskId: 't1', ...reason }), of.ReviewChange[0] as Asked],
    ],
    closed: [closed],
    canceled: [
      [...scheduled, of.CancelChange[0] as Asked],
      [...implement, failed, of.CancelChange[0] as Asked],
    ],
  };
};

const pairs = models.flatMap(model =>
  Object.entries(waysTo(model)).flatMap(([status, ways]) =>
    Object.entries(variantsOf(model)).map(([type, variants]) => ({
      model,
      status: status as Status,
      type: type as Type,
      ways,
      variants,
    })),
  ),
);

type Pair = (typeof pairs)[number];

// Each has a task, which is dropped where it has to be closed, and a link.
const history = (way: readonly Asked[]) => {
  const [raise, ...more] = way;
  const task = command('AddTask', { taskId: 't1', title: 'Open the firewall' });
  const link = command('LinkRecord', { ...incident, relation: 'remediates' });
  const closes = more.findIndex(({ type }) => type === 'CloseChange');
  const drop = command('DropTask', { taskId: 't1', ...reason });
  return raise ? after(raise, task, link, ...(closes < 0 ? more : more.toSpliced(closes, 0, drop))) : [];
};

const outcomesOf = ({ ways, variants }: Pick<Pair, 'ways' | 'variants'>) =>
  ways.flatMap(way => {
    const before = history(way);
    return variants.map(asked => {
      const decided = change.decide(asked, fold(change, before));
      return isRejection(decided) ? decided.rejected : { status: fold(change, [...before, ...decided]).status };
    });
  });

test('the ways lead to the states that they are for', () => {
  for (const { status, ways } of pairs) for (const way of ways) expect(fold(change, history(way)).status).toBe(status);
});

const walked = pairs.filter(({ ways }) => ways.length > 0);
const isAllowed = ({ model, type, status }: Pair): boolean => changeMoves[model][type].moves[status] !== undefined;

describe('what the table allows leads to exactly the states that it names', () => {
  test.each(walked.filter(isAllowed))('$model: $type in $status', ({ model, status, type, ...pair }) => {
    const reached = outcomesOf(pair).flatMap(each => (typeof each === 'string' ? [] : [each.status]));
    expect(new Set(reached)).toEqual(new Set(changeMoves[model][type].moves[status]));
  });
});

describe('what it does not name is refused, with its code', () => {
  test.each(walked.filter(pair => !isAllowed(pair)))('$model: $type in $status', ({ model, status, type, ...pair }) => {
    const { refusal, but } = changeMoves[model][type];
    expect(new Set(outcomesOf(pair))).toEqual(new Set([status === 'none' ? 'not-found' : (but?.[status] ?? refusal)]));
  });
});

test('no model names a state that its changes never see', () => {
  for (const model of models) {
    const seen = Object.entries(waysTo(model)).flatMap(([status, ways]) => (ways.length > 0 ? [status] : []));
    const named = Object.values(changeMoves[model]).flatMap(({ moves }) => [
      ...Object.keys(moves),
      ...Object.values(moves).flat(),
    ]);
    expect(new Set(named)).toEqual(new Set(seen));
  }
  expect(new Set(pairs.map(({ status }) => status))).toEqual(new Set(statuses));
});
