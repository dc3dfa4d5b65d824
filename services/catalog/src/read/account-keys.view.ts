import type { PersonEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

type Added = Extract<PersonEvent, { type: 'ServiceAccountKeyAdded' }>['data'];

export type AccountKey = Pick<Added, 'kid' | 'publicKey' | 'label' | 'from' | 'to' | 'addedWith'> &
  Readonly<{
    addedBy: string;
    addedAt: string;
    revoked?: Readonly<{ by: string; at: string; reason: string }>;
  }>;

export type AccountKeysView = Readonly<{ pseudonym: string; keys: readonly AccountKey[] }>;

/** The keys of a service account, the newest first, those that are over or revoked too. */
export const accountKeysView = (
  view: AccountKeysView | undefined,
  { stream, type, data }: Recorded<PersonEvent>,
): AccountKeysView => {
  const keys = view?.keys ?? [];
  if (type === 'ServiceAccountKeyAdded') return { pseudonym: stream, keys: [added(data), ...keys] };
  if (type !== 'ServiceAccountKeyRevoked') return { pseudonym: stream, keys };
  const revoked = { by: data.actor, at: data.recordedAt, reason: data.reason };
  return { pseudonym: stream, keys: keys.map(key => (key.kid === data.kid ? { ...key, revoked } : key)) };
};

const added = ({ kid, publicKey, label, from, to, addedWith, actor, recordedAt }: Added): AccountKey => ({
  kid,
  publicKey,
  label,
  from,
  to,
  addedBy: actor,
  addedAt: recordedAt,
  ...(addedWith !== undefined && { addedWith }),
});

const SOON_MS = 14 * 86_400_000;

export type KeyState = 'to-come' | 'in-force' | 'over' | 'revoked';

/** A key as it stands at an instant, among the others of its account. */
export const keyAt = (key: AccountKey, all: readonly AccountKey[], at: string) => {
  const state = stateOf(key, Date.parse(at));
  const to = Date.parse(key.to);
  return {
    ...key,
    state,
    // Its last moment is before `to`.
    lastDay: new Date(to - 1).toISOString().slice(0, 'yyyy-mm-dd'.length),
    endsSoon: state === 'in-force' && to - Date.parse(at) <= SOON_MS && !all.some(each => goesOn(each, to)),
  };
};

const stateOf = ({ from, to, revoked }: AccountKey, at: number): KeyState => {
  if (revoked) return 'revoked';
  if (Date.parse(to) <= at) return 'over';
  return at < Date.parse(from) ? 'to-come' : 'in-force';
};

const goesOn = ({ from, to, revoked }: AccountKey, end: number): boolean =>
  !revoked && Date.parse(from) <= end && Date.parse(to) > end;
