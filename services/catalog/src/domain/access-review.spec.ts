import type { AccessReviewEvent, OwnEvent } from '@slipway/contracts';
import { isRejection, specification, stampOf } from '@slipway/event-sourcing';
import {
  accessReview,
  type AccessReviewCommand,
  accessReviewMoves,
  type AccessRight,
  type Status,
} from './access-review.ts';

type Event = OwnEvent<AccessReviewEvent>;
const given = specification(accessReview);
const stamp = stampOf('person-admin');
const [ann, bo] = ['person-00000000-0000-4000-8000-000000000001', 'person-00000000-0000-4000-8000-000000000002'];
const grant: AccessRight = { person: ann, roleGrantId: 'g1' };
const key: AccessRight = { person: bo, kid: 'k1' };
const reason = 'sealed:v1:x';
const facts = { title: 'Q1', owner: 'person-admin', at: '2026-03-31T00:00:00.000Z', rights: [grant, key] };

const opened: Event = { type: 'AccessReviewOpened', data: { ...facts, ...stamp } };
const confirmed = (right: AccessRight): Event => ({ type: 'AccessRightConfirmed', data: { ...right, ...stamp } });
const revoked = (right: AccessRight): Event => ({ type: 'AccessRightRevoked', data: { ...right, reason, ...stamp } });
const completed = (counts: { confirmed: number; revoked: number }): Event => ({
  type: 'AccessReviewCompleted',
  data: { ...counts, ...stamp },
});
const canceled: Event = { type: 'AccessReviewCanceled', data: { reason, ...stamp } };

const open = (rights: readonly AccessRight[] = facts.rights) =>
  ({ type: 'OpenAccessReview', data: { ...facts, rights }, stamp }) as const;
const confirm = (rightId: string, actor = 'person-admin') =>
  ({ type: 'ConfirmAccessRight', data: { rightId }, stamp: stampOf(actor) }) as const;
const revoke = (rightId: string, actor = 'person-admin') =>
  ({ type: 'RevokeAccessRight', data: { rightId, reason }, stamp: stampOf(actor) }) as const;
const cancel = { type: 'CancelAccessReview', data: { reason }, stamp } as const;

test('a review is opened of what was held', () => {
  expect(given().when(open())).toEqual([opened]);
  expect(given().when(open([]))).toMatchObject({ rejected: 'nothing-to-review' });
});

test('it is open until the last one is decided', () => {
  expect(given(opened).when(confirm('g1'))).toEqual([confirmed(grant)]);
  expect(given(opened, confirmed(grant)).when(revoke('k1'))).toEqual([
    revoked(key),
    completed({ confirmed: 1, revoked: 1 }),
  ]);
});

test('each is decided once', () => {
  expect(given(opened, confirmed(grant)).when(revoke('g1'))).toMatchObject({ rejected: 'already-decided' });
  expect(given(opened).when(confirm('g2'))).toMatchObject({ rejected: 'not-in-review' });
});

test('nobody decides about himself', () => {
  expect(given(opened).when(confirm('g1', ann))).toMatchObject({ rejected: 'own-access' });
  expect(given(opened).when(revoke('g1', ann))).toMatchObject({ rejected: 'own-access' });
});

describe('every command in every state', () => {
  const events: Readonly<Record<Status, readonly Event[]>> = {
    None: [],
    Open: [opened],
    Completed: [opened, confirmed(grant), confirmed(key), completed({ confirmed: 2, revoked: 0 })],
    Canceled: [opened, canceled],
  };
  const commands: Readonly<Record<AccessReviewCommand['type'], Parameters<ReturnType<typeof given>['when']>[0]>> = {
    OpenAccessReview: open(),
    ConfirmAccessRight: confirm('g1'),
    RevokeAccessRight: revoke('g1'),
    CancelAccessReview: cancel,
  };
  const codes: Readonly<Record<Status, (type: AccessReviewCommand['type']) => string>> = {
    None: () => 'not-found',
    Open: () => 'already-opened',
    Completed: type => (type === 'OpenAccessReview' ? 'already-opened' : 'review-completed'),
    Canceled: type => (type === 'OpenAccessReview' ? 'already-opened' : 'review-canceled'),
  };
  const outcomesOf = (status: Status, type: AccessReviewCommand['type']): readonly string[] => {
    const decision = given(...events[status]).when(commands[type]);
    if (isRejection(decision)) return [decision.rejected];
    return [[...events[status], ...decision].reduce(accessReview.evolve, accessReview.initialState).status];
  };
  const pairs = (Object.keys(accessReviewMoves) as Status[]).flatMap(status =>
    (Object.keys(commands) as AccessReviewCommand['type'][]).map(type => [status, type] as const),
  );

  test.each(pairs)('%s: %s', (status, type) => {
    const allowed = accessReviewMoves[status][type] ?? [codes[status](type)];
    expect(allowed).toEqual(expect.arrayContaining([...outcomesOf(status, type)]));
  });
});
