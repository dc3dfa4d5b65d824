import { isRejection, specification, stampOf } from '@slipway/event-sourcing';
import type { PersonEvent } from '@slipway/contracts';
import { person } from './person.ts';
import { type AddServiceAccountKey, type KeyCommand, keyMoves, type KeyStanding } from './service-account-key.ts';

const given = specification(person);
const at = (day: string): string => `${day}T09:00:00.000Z`;
const stampedOn = (day: string) => stampOf('person-admin', at(day));
const stamp = stampedOn('2026-03-02');
const publicKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const;

const account = { type: 'PersonRegistered', data: { kind: 'service-account', alsoKnownAs: [], ...stamp } } as const;
const ann = { type: 'PersonRegistered', data: { kind: 'person', alsoKnownAs: [], ...stamp } } as const;
const added = (kid: string, { from = '2026-03-02', to = '2026-05-31', addedWith = '' } = {}): PersonEvent => ({
  type: 'ServiceAccountKeyAdded',
  data: { kid, publicKey, label: 'l', from: at(from), to: at(to), ...(addedWith && { addedWith }), ...stamp },
});
const revoked = (kid: string): PersonEvent => ({
  type: 'ServiceAccountKeyRevoked',
  data: { kid, reason: 'sealed:v1:x', ...stamp },
});

const add = (changes: Partial<AddServiceAccountKey['data']> = {}, on = '2026-03-02') =>
  ({
    type: 'AddServiceAccountKey',
    data: { kid: 'next', publicKey, label: 'l', ...changes },
    stamp: stampedOn(on),
  }) as const;
const revoke = (kid: string, successorsToo = false) =>
  ({ type: 'RevokeServiceAccountKey', data: { kid, reason: 'sealed:v1:x', successorsToo }, stamp }) as const;

test('a key is added for ninety days when nobody says how long', () => {
  expect(given(account).when(add())).toEqual([added('next')]);
});

test('it begins when it is added at the earliest, and ends within 400 days', () => {
  expect(given(account).when(add({ from: at('2026-01-01') }))).toMatchObject([
    { data: { from: at('2026-03-02'), to: at('2026-05-31') } },
  ]);
  expect(given(account).when(add({ to: at('2027-04-06') }))).toMatchObject([{ data: { to: at('2027-04-06') } }]);
  expect(given(account).when(add({ to: '2027-04-06T09:00:00.001Z' }))).toMatchObject({ rejected: 'period-too-long' });
  expect(given(account).when(add({ from: at('2027-04-01') }))).toMatchObject({ rejected: 'period-too-long' });
});

test.each([
  ['ends before it begins', { from: at('2026-04-01'), to: at('2026-04-01') }],
  ['is over already', { to: at('2026-03-02') }],
])('a key that %s: refused', (_, period) => {
  expect(given(account).when(add(period))).toMatchObject({ rejected: 'invalid-period' });
});

test('people sign in: they have no keys', () => {
  expect(given(ann).when(add())).toMatchObject({ rejected: 'not-a-service-account' });
  expect(given(ann).when(revoke('k'))).toMatchObject({ rejected: 'not-a-service-account' });
  expect(given().when(add())).toMatchObject({ rejected: 'not-found' });
});

test('ten keys at a time; those that are over or revoked do not count', () => {
  const nine = Array.from({ length: 9 }, (_, nth) => added(`k${nth}`));
  const gone = [added('old', { from: '2026-01-01', to: '2026-03-01' }), added('bad'), revoked('bad')];
  expect(isRejection(given(account, ...nine, ...gone).when(add()))).toBe(false);
  expect(given(account, ...nine, added('k9')).when(add())).toMatchObject({ rejected: 'too-many-keys' });
});

describe('an account with a key of its own', () => {
  const week = added('present', { to: '2026-03-09' });

  test('adds the next one, for as long as the present one was given', () => {
    expect(given(account, week).when(add({ addedWith: 'present' }, '2026-03-07'))).toMatchObject([
      { data: { kid: 'next', addedWith: 'present', from: at('2026-03-07'), to: at('2026-03-14') } },
    ]);
  });

  test('adds none that lasts longer', () => {
    const longer = add({ addedWith: 'present', to: '2026-03-09T09:00:00.001Z' });
    expect(given(account, week).when(longer)).toMatchObject({ rejected: 'period-too-long' });
  });

  test('adds one, not two', () => {
    const next = added('second', { addedWith: 'present' });
    expect(given(account, week, next).when(add({ addedWith: 'present' }))).toMatchObject({
      rejected: 'already-rotated',
    });
    expect(given(account, week, next, revoked('second')).when(add({ addedWith: 'present' }))).toMatchObject({
      rejected: 'already-rotated',
    });
  });

  test('adds nothing with a key that is over, revoked or not there', () => {
    const refused = { rejected: 'key-not-in-force' };
    expect(given(account, week).when(add({ addedWith: 'present' }, '2026-03-09'))).toMatchObject(refused);
    expect(given(account, week, revoked('present')).when(add({ addedWith: 'present' }))).toMatchObject(refused);
    expect(given(account).when(add({ addedWith: 'present' }))).toMatchObject(refused);
  });
});

test('a key is revoked alone, or with all that were added with it', () => {
  const chain = [
    account,
    added('a'),
    added('b', { addedWith: 'a' }),
    revoked('b'),
    added('c', { addedWith: 'b' }),
    added('d'),
  ];
  expect(given(...chain).when(revoke('a'))).toEqual([revoked('a')]);
  expect(given(...chain).when(revoke('a', true))).toEqual([revoked('a'), revoked('c')]);
});

test('an update of the account keeps its keys', () => {
  const updated = { type: 'PersonUpdated', data: { kind: 'service-account', alsoKnownAs: [], ...stamp } } as const;
  expect(given(account, added('next'), updated).when(add())).toMatchObject({ rejected: 'key-known' });
});

describe('every command on a key in every state', () => {
  const events: Readonly<Record<KeyStanding, readonly PersonEvent[]>> = {
    absent: [account],
    added: [account, added('next')],
    revoked: [account, added('next'), revoked('next')],
  };
  const commands: Readonly<Record<KeyCommand['type'], ReturnType<typeof add> | ReturnType<typeof revoke>>> = {
    AddServiceAccountKey: add(),
    RevokeServiceAccountKey: revoke('next'),
  };
  const refusals: Readonly<Record<string, string>> = {
    'absent RevokeServiceAccountKey': 'not-found',
    'added AddServiceAccountKey': 'key-known',
    'revoked AddServiceAccountKey': 'key-known',
    'revoked RevokeServiceAccountKey': 'already-revoked',
  };
  const outcomeOf = (before: readonly PersonEvent[], command: (typeof commands)[KeyCommand['type']]): string => {
    const decision = given(...before).when(command);
    if (isRejection(decision)) return decision.rejected;
    const state = [...before, ...decision].reduce(person.evolve, person.initialState);
    return (state.status === 'registered' ? state.keys : []).find(({ kid }) => kid === 'next')?.standing ?? 'absent';
  };
  const pairs = (Object.keys(keyMoves) as KeyStanding[]).flatMap(standing =>
    (Object.keys(commands) as KeyCommand['type'][]).map(command => [standing, command] as const),
  );

  test.each(pairs)('%s: %s', (standing, type) => {
    expect(outcomeOf(events[standing], commands[type])).toBe(
      keyMoves[standing][type] ?? refusals[`${standing} ${type}`],
    );
  });
});
