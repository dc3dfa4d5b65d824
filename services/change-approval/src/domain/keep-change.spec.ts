import type { ChangeEvent } from '@slipway/contracts';
import { type RecordEvent, withDetails } from '@slipway/records';
import { fold, isRejection, type Message, specification, type Stamped } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { change } from './change.ts';
import {
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
  typesOf,
} from './change.examples.ts';
import type { Plan } from './change-state.ts';
import { type KeepChange, keeping } from './keep-change.ts';

const kept = keeping(withDetails('change', change));
const given = specification(kept);
type Kept = ChangeEvent | RecordEvent;

const { data: raise, stamp } = raising();
const ref = { system: 'github', key: 'shop/checkout#7' };
const plan = (letter: string): Plan => ({ kind: 'test', steps: 'sealed:v1:x', digest: digest(letter) });
const keep = (changes: Partial<KeepChange['data']> = {}): Stamped<KeepChange> => ({
  type: 'KeepChange',
  data: { ...raise, releaseIds: [], ref, ...changes },
  stamp,
});
const changed = proposing(contentWith('b'));

/** What these leave behind, one after the other; what is rejected leaves nothing. */
const after = (...commands: readonly Stamped<Message>[]): readonly Kept[] =>
  commands.reduce<readonly Kept[]>((history, each) => {
    const decided = kept.decide(each as Stamped<KeepChange>, fold(kept, history));
    return isRejection(decided) ? history : [...history, ...decided];
  }, []);
const seen = { contentDigest: raise.proposal.contentDigest };
const approvals = [granting(person(ann), seen), granting(person(bob), seen)];

describe('keeping a change', () => {
  test('raises it when it is not there', () =>
    expect(typesOf(given().when(keep({ plans: [plan('1')] })))).toEqual([
      'ChangeRaised',
      'ChangePlanned',
      'RiskAssessed',
      'ApprovalRequested',
      'ChangeDetailsChanged',
    ]));

  test('has nothing to do when it is like that', () =>
    expect(given(...after(keep({ plans: [plan('1')] }), ...approvals)).when(keep({ plans: [plan('1')] }))).toEqual([]));

  test('revises what differs, and what was approved is void', () =>
    expect(
      typesOf(given(...after(keep(), ...approvals)).when(keep({ proposal: changed, title: 'Checkout 2.5' }))),
    ).toEqual([
      'ChangeRevised',
      'ApprovalVoided',
      'ApprovalVoided',
      'RiskAssessed',
      'ApprovalRequested',
      'ChangeDetailsChanged',
    ]));

  test('writes another plan down', () =>
    expect(given(...after(keep({ plans: [plan('1')] }))).when(keep({ plans: [plan('2')] }))).toMatchObject([
      { type: 'ChangePlanned', data: { digest: digest('2') } },
    ]));

  test('leaves references alone that it does not say', () => {
    const jira = { system: 'jira', key: 'SHOP-1' };
    const kept = after(keep({ externalRefs: [jira] }));
    expect(kept.at(-1)).toMatchObject({ data: { externalRefs: [jira, ref] } });
    expect(given(...kept).when(keep())).toEqual([]);
    expect(given(...kept).when(keep({ externalRefs: [] }))).toMatchObject([{ data: { externalRefs: [ref] } }]);
  });

  test('does not make another model of it', () =>
    expect(given(...after(keep())).when(keep({ model: 'emergency' }))).toMatchObject({ rejected: 'model-is-fixed' }));

  test('does all of it or nothing', () => {
    const attempt = command('RecordAttempt', { deploymentId: 'd1', target: checkout });
    const running = after(keep(), ...approvals, attempt);
    expect(given(...running).when(keep({ proposal: changed, title: 'Checkout 2.5' }))).toMatchObject({
      rejected: 'change-in-implementation',
    });
  });

  test('of one that is over has nothing to do, or comes too late', () => {
    const canceled = after(keep({ plans: [plan('1')] }), command('CancelChange', { reason: 'sealed:v1:x' }));
    expect(given(...canceled).when(keep({ plans: [plan('1')] }))).toEqual([]);
    expect(given(...canceled).when(keep({ proposal: changed }))).toMatchObject({ rejected: 'change-not-open' });
  });
});

test('whatever was said before, the same said twice is done once', () => {
  const { rollbackPlan: _, ...bare } = contentWith('a', [checkout, payments]);
  const { backoutMinutes: __, ...unplanned } = proposing(bare);
  const said = fc
    .record(
      {
        proposal: fc.constantFrom(raise.proposal, changed, unplanned),
        plans: fc.constantFrom([], [plan('1')], [plan('2')]),
        title: fc.constantFrom('One', 'Two'),
        externalRefs: fc.constantFrom([], [{ system: 'jira', key: 'SHOP-1' }]),
        risk: fc.constantFrom(raise.risk, { ...raise.risk, criticalities: ['critical' as const] }),
      },
      { requiredKeys: ['proposal'] },
    )
    .map(keep);
  fc.assert(
    fc.property(fc.array(fc.oneof(said, fc.constantFrom(...approvals)), { maxLength: 6 }), said, (before, last) => {
      const once = after(...before, last);
      expect(given(...once).when(last)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
