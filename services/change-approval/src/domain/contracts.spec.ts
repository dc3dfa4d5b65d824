import { eventTypes, isOwn } from '@slipway/contracts';
import type { Message } from '@slipway/event-sourcing';
import { stampOf } from '@slipway/event-sourcing';
import { Value } from 'typebox/value';
import { builtIn } from './approval-policy.ts';
import {
  after,
  ann,
  approved,
  bob,
  checkout,
  command,
  contentWith,
  digest,
  granting,
  person,
  proposing,
  raising,
} from './change.examples.ts';
import { evaluate } from './decision.ts';
import { allowing, allowingRollback } from './decision.examples.ts';

const flaws = ({ type, data }: Message): readonly unknown[] => {
  const schema = eventTypes.get(type)?.schema;
  return schema ? [...Value.Errors(schema, data)] : [`${type} is in no contract`];
};

const reason = { reason: 'sealed:v1:x' };
const changed = proposing(contentWith('b'));
const seen = { contentDigest: changed.contentDigest, comment: 'sealed:v1:x' };
const history = after(
  ...approved,
  command('ProposeChange', { ...raising().data, proposal: changed, releaseOpen: true }),
  granting(person(bob), seen),
  {
    ...granting(person(ann), seen),
    type: 'RejectApproval',
    data: { ...granting(person(ann), seen).data, comment: 'sealed:v1:x' },
  },
  command('RequestApprovals', { policy: builtIn }),
  granting(person(ann), seen),
  granting(person(bob), seen),
  command('HoldChange', reason),
  command('ResumeChange', reason),
  command('ProposeChange', {
    ...raising().data,
    proposal: { ...changed, window: { start: '2026-03-02T10:30:00Z', end: '2026-03-02T14:00:00Z' } },
    releaseOpen: true,
  }),
  command('PlanChange', {
    ...raising().data,
    plan: { kind: 'test', steps: 'sealed:v1:x', digest: digest('5'), minutes: 20 },
  }),
  command('AddTask', { taskId: 't1', title: 'Tell the support desk', owner: ann, dueAt: '2026-03-02T10:00:00Z' }),
  command('AddTask', { taskId: 't2', title: 'Open the firewall', description: 'sealed:v1:x', order: 1 }),
  command('MoveTask', { taskId: 't1', order: 2 }),
  command('AssignTask', { taskId: 't2', owner: bob }),
  command('FinishTask', { taskId: 't1', note: 'sealed:v1:x' }),
  command('DropTask', { taskId: 't2', ...reason }),
  command('LinkRecord', { record: 'incident', recordId: 'i1', relation: 'remediates' }),
  command('UnlinkRecord', { record: 'incident', recordId: 'i1', ...reason }),
  command('RecordAttempt', { deploymentId: 'd1', target: checkout }),
  command('FlagUnauthorized', { deploymentId: 'd1', rules: ['inside-window'] }),
  command('SettleTarget', { deploymentId: 'd1', target: checkout, outcome: 'succeeded' }),
  command('ReviewChange', { closeCode: 'successful', note: 'sealed:v1:x' }),
  command('CloseChange', {}),
);
const canceled = after(raising('emergency'), command('CancelChange', reason));

// What is imported was decided elsewhere.
test('every event type that a change alone has is made by these examples, and is as its contract says', () => {
  const made = [...history, ...canceled];
  const known = [...eventTypes.values()]
    .filter(
      ({ category, type }) => category.name === 'change' && isOwn({ type, data: {} }) && type !== 'ChangeImported',
    )
    .map(({ type }) => type);
  expect([...new Set(made.map(({ type }) => type))].sort()).toEqual([...known].sort());
  for (const event of made) expect([event.type, flaws(event)]).toEqual([event.type, []]);
});

test.each([
  ['an allow', allowing],
  ['a deny', { ...allowing, at: '2026-03-02T08:00:00.000Z' }],
  ['a rollback', allowingRollback],
])('a decision is as its contract says: %s', (_, facts) =>
  expect(flaws({ type: 'DecisionTaken', data: { ...evaluate(facts), ...stampOf(ann) } })).toEqual([]),
);

test('the check bites', () =>
  expect(flaws({ type: 'ChangeResumed', data: { ...stampOf(ann), digest: digest('a') } })).not.toEqual([]));
