import { after, isBefore, latest, minutesBetween } from '@slipway/canonical';
import type { PersonEvent } from '@slipway/contracts';
import { type Decision, type Message, reject, type Rejection, type Stamp, type Stamped } from '@slipway/event-sourcing';

type Added = Extract<PersonEvent, { type: 'ServiceAccountKeyAdded' }>['data'];
type Revoked = Extract<PersonEvent, { type: 'ServiceAccountKeyRevoked' }>['data'];
type Facts = Omit<Added, keyof Stamp>;

/** Without `from`: from now on; without `to`: for 90 days, or as long as the key that it is added with. */
export type AddServiceAccountKey = Message<
  'AddServiceAccountKey',
  Omit<Facts, 'from' | 'to'> & Partial<Pick<Facts, 'from' | 'to'>>
>;
/** `reason` is sealed. `successorsToo`: also the keys that were added with it, and with those. */
export type RevokeServiceAccountKey = Message<
  'RevokeServiceAccountKey',
  Omit<Revoked, keyof Stamp> & Readonly<{ successorsToo?: boolean }>
>;
export type KeyCommand = AddServiceAccountKey | RevokeServiceAccountKey;

export type KeyCode =
  | 'not-found'
  | 'not-a-service-account'
  | 'key-known'
  | 'already-revoked'
  | 'invalid-period'
  | 'period-too-long'
  | 'too-many-keys'
  | 'key-not-in-force'
  | 'already-rotated';

export type KeyStanding = 'absent' | 'added' | 'revoked';

export type Key = Readonly<{
  kid: string;
  standing: Exclude<KeyStanding, 'absent'>;
  from: string;
  to: string;
  addedWith?: string;
}>;

/** What may be done to a key, and how it stands then. What is not here is refused. */
export const keyMoves: Readonly<Record<KeyStanding, Readonly<Partial<Record<KeyCommand['type'], KeyStanding>>>>> = {
  absent: { AddServiceAccountKey: 'added' },
  added: { RevokeServiceAccountKey: 'revoked' },
  revoked: {},
};

const USUAL_PERIOD = { hours: 90 * 24 };
const MOST_DAYS = 400;
/** In force or yet to come: enough for several machines that rotate. */
const MOST_KEYS = 10;

export type KeyDecision = Decision<PersonEvent, KeyCode>;
type Refusal = Rejection<KeyCode> | undefined;

export const decideKey = (command: Stamped<KeyCommand>, keys: readonly Key[]): KeyDecision => {
  const standing = keys.find(({ kid }) => kid === command.data.kid)?.standing ?? 'absent';
  if (keyMoves[standing][command.type] === undefined) return notNow(command.type, standing);
  return command.type === 'AddServiceAccountKey' ? add(command, keys) : revoke(command, keys);
};

const notNow = (type: KeyCommand['type'], standing: KeyStanding): KeyDecision => {
  if (type === 'AddServiceAccountKey') return reject('key-known', 'This key was added before: make another one.');
  return standing === 'absent'
    ? reject('not-found', 'There is no such key.')
    : reject('already-revoked', 'This key was revoked before.');
};

const add = ({ data, stamp }: Stamped<AddServiceAccountKey>, keys: readonly Key[]): KeyDecision => {
  const now = stamp.recordedAt;
  const present = keys.find(({ kid }) => kid === data.addedWith);
  const from = latest(data.from ?? now, now);
  const period = { from, to: data.to ?? after(from, present ? lengthOf(present) : USUAL_PERIOD) };
  const refused =
    refusalOfPeriod(period, now) ??
    refusalOfCount(keys, now) ??
    (data.addedWith === undefined ? undefined : refusalOfRotation(present, keys, period, now));
  return refused ?? [{ type: 'ServiceAccountKeyAdded', data: { ...data, ...period, ...stamp } }];
};

type Period = Readonly<{ from: string; to: string }>;

const refusalOfPeriod = ({ from, to }: Period, now: string): Refusal => {
  if (!isBefore(from, to)) return reject('invalid-period', 'A key ends after it begins, and not in the past.');
  if (isBefore(after(now, { hours: MOST_DAYS * 24 }), to))
    return reject('period-too-long', `A key ends within ${MOST_DAYS} days; add the next one before.`);
  return undefined;
};

const refusalOfCount = (keys: readonly Key[], now: string): Refusal =>
  keys.filter(({ standing, to }) => standing === 'added' && isBefore(now, to)).length >= MOST_KEYS
    ? reject('too-many-keys', `An account has at most ${MOST_KEYS} keys at a time: revoke one that is not needed.`)
    : undefined;

/** The account itself adds one next key with a key, for no longer than that one was given: who gave it limits what follows. */
const refusalOfRotation = (present: Key | undefined, keys: readonly Key[], period: Period, now: string): Refusal => {
  if (present?.standing !== 'added' || !isBefore(now, present.to))
    return reject('key-not-in-force', 'The key that this one is added with is over or revoked.');
  if (keys.some(({ addedWith }) => addedWith === present.kid))
    return reject('already-rotated', 'One key was added with this one already: go on with that one.');
  if (lengthOf(period).minutes > lengthOf(present).minutes)
    return reject('period-too-long', 'A key that an account adds by itself lasts no longer than the one before.');
  return undefined;
};

const lengthOf = ({ from, to }: Period) => ({ minutes: minutesBetween(from, to) });

const revoke = ({ data, stamp }: Stamped<RevokeServiceAccountKey>, keys: readonly Key[]): KeyDecision => {
  const { kid, reason, successorsToo = false } = data;
  const all = [kid, ...(successorsToo ? successorsOf(kid, keys) : [])];
  return all.map(each => ({ type: 'ServiceAccountKeyRevoked', data: { kid: each, reason, ...stamp } }));
};

const successorsOf = (kid: string, keys: readonly Key[]): readonly string[] =>
  keys
    .filter(({ addedWith }) => addedWith === kid)
    .flatMap(next => [...(next.standing === 'added' ? [next.kid] : []), ...successorsOf(next.kid, keys)]);

export const evolveKeys = (
  keys: readonly Key[],
  event: Extract<PersonEvent, { type: `ServiceAccountKey${string}` }>,
): readonly Key[] => {
  if (event.type === 'ServiceAccountKeyRevoked')
    return keys.map(key => (key.kid === event.data.kid ? { ...key, standing: 'revoked' } : key));
  const { kid, from, to, addedWith } = event.data;
  return [...keys, { kid, standing: 'added', from, to, ...(addedWith !== undefined && { addedWith }) }];
};
