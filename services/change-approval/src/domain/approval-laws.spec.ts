import type { ChangeEvent } from '@slipway/contracts';
import { fold, isRejection, type Recorded, type Stamped } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { change } from './change.ts';
import type { ChangeCommand } from './change-commands.ts';
import {
  ann,
  author,
  bob,
  builder,
  checkout,
  command,
  contentWith,
  granting,
  person,
  proposal,
  proposing,
  raising,
  risk,
  rita,
} from './change.examples.ts';
import { changeView, type ChangeView } from '../read/change.view.ts';
import { builtIn } from './approval-policy.ts';

const everybody = [ann, bob, ann, bob, ann, bob, rita, author, builder];
const windows = [
  proposal.window,
  { start: '2026-03-02T11:00:00Z', end: '2026-03-02T13:00:00Z' },
  { start: '2026-03-02T09:00:00Z', end: '2026-03-02T13:00:00Z' },
];
const proposals = ['a', 'b'].flatMap(letter => windows.map(window => proposing(contentWith(letter), { window })));

const verdict = fc
  .record({ who: fc.constantFrom(...everybody), of: fc.constantFrom(...proposals), no: fc.integer({ min: 0, max: 8 }) })
  .map(({ who, of, no }): Stamped<ChangeCommand> => {
    const { data, stamp } = granting(person(who), { contentDigest: of.contentDigest });
    return no === 0
      ? { type: 'RejectApproval', data: { ...data, comment: 'sealed:v1:no' }, stamp }
      : { type: 'GrantApproval', data, stamp };
  });
const proposed = fc
  .constantFrom(...proposals)
  .map((next): Stamped<ChangeCommand> =>
    command('ProposeChange', { ...raising().data, proposal: next, releaseOpen: true }),
  );
const request: Stamped<ChangeCommand> = command('RequestApprovals', { policy: builtIn });
const commands = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: verdict },
    { weight: 2, arbitrary: proposed },
    { weight: 1, arbitrary: fc.constant(request) },
  ),
  {
    maxLength: 25,
  },
);

/** All that happens to a change; what is rejected changes nothing. */
const told = (asked: readonly Stamped<ChangeCommand>[]): readonly ChangeEvent[] =>
  [raising(), ...asked].reduce<readonly ChangeEvent[]>((history, each) => {
    const decided = change.decide(each, fold(change, history));
    return isRejection(decided) ? history : [...history, ...decided];
  }, []);

const lastRound = (history: readonly ChangeEvent[]): readonly ChangeEvent[] =>
  history.slice(
    Math.max(
      0,
      history.findLastIndex(({ type }) => type === 'ChangeRevised' || type === 'ChangeRejected'),
    ),
  );

const runs = { numRuns: 1_000 };

test('whatever happens, an authorization rests on two separate people who saw this content since it last changed', () => {
  let authorized = 0;
  fc.assert(
    fc.property(commands, asked => {
      const history = told(asked);
      for (const [index, event] of history.entries()) {
        if (event.type !== 'ChangeAuthorized') continue;
        authorized += 1;
        const grants = lastRound(history.slice(0, index)).flatMap(each =>
          each.type === 'ApprovalGranted' ? [each.data] : [],
        );
        expect(new Set(grants.map(({ approver }) => approver))).toEqual(new Set([ann, bob]));
        expect(grants.every(({ contentDigest }) => contentDigest === event.data.envelope.contentDigest)).toBe(true);
      }
    }),
    runs,
  );
  expect(authorized).toBeGreaterThan(50);
});

test('whatever happens, each approval is void or counts for what the change is now', () => {
  let voided = 0;
  fc.assert(
    fc.property(commands, asked => {
      const history = told(asked);
      const open = history.reduce<readonly string[]>((approvers, event) => {
        if (event.type === 'ApprovalGranted') return [...approvers, event.data.approver];
        if (event.type !== 'ApprovalVoided') return approvers;
        voided += 1;
        expect(approvers).toContain(event.data.approver);
        return approvers.filter(each => each !== event.data.approver);
      }, []);
      const state = fold(change, history);
      expect(state).toMatchObject({
        round: { grants: open.map(approver => expect.objectContaining({ approver }) as unknown) },
      });
    }),
    runs,
  );
  expect(voided).toBeGreaterThan(50);
});

const assessing = fc
  .constantFrom(risk, { ...risk, criticalities: ['critical' as const] })
  .map((found): Stamped<ChangeCommand> => command('AssessRisk', { risk: found, policy: builtIn }));
const working = fc.constantFrom<Stamped<ChangeCommand>>(
  command('RecordAttempt', { deploymentId: 'd1', target: checkout }),
  command('SettleTarget', { deploymentId: 'd1', target: checkout, outcome: 'succeeded' }),
  command('ReviewChange', { closeCode: 'successful' }),
  command('CloseChange', {}),
  command('CancelChange', { reason: 'sealed:v1:x' }),
);

test('whatever happens, the record shows the state that is decided on', () => {
  const seen = new Set<string>();
  const anything = fc.array(fc.oneof({ weight: 3, arbitrary: commands }, fc.array(fc.oneof(assessing, working))), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(anything, asked => {
      const history = told(asked.flat());
      const state = fold(change, history);
      const view = (history as Recorded<ChangeEvent>[]).reduce<ChangeView | undefined>(changeView, undefined);
      seen.add(state.status);
      expect(view?.state.toLowerCase()).toBe(state.status);
    }),
    runs,
  );
  expect([...seen]).toEqual(expect.arrayContaining(['authorize', 'scheduled', 'implement', 'review', 'canceled']));
});
