import {
  isOwn,
  recordFactIn,
  type SubscriptionChannel,
  type SubscriptionEvent,
  type SubscriptionFilter,
} from '@slipway/contracts';
import { idOf, type Recorded } from '@slipway/event-sourcing';
import type { Ask } from '@slipway/service';

/** `until`: signs no longer after that; absent: for good. */
export type SecretInUse = Readonly<{ id: string; until?: string }>;

/** What is known of a subscription where deliveries are made. */
export type Subscriber = Readonly<{
  id: string;
  title: string;
  /** A pseudonym. */
  owner: string;
  state: 'Active' | 'Paused' | 'Disabled' | 'Canceled';
  filter: SubscriptionFilter;
  channel: SubscriptionChannel;
  /** Newest first. */
  secrets: readonly SecretInUse[];
  /** Whose grants it is cut to. */
  grantsOf?: string | null;
}>;

/** Whether what matches is kept for it. */
export const collects = ({ state }: Subscriber): boolean => state === 'Active' || state === 'Paused';

/** The subscriber after one more event of its own. */
export const subscriberAfter = (
  subscriber: Subscriber | undefined,
  event: Recorded<SubscriptionEvent>,
): Subscriber | undefined => {
  if (event.type === 'SubscriptionCreated') {
    const { title, owner, filter, channel, secretId, grantsOf } = event.data;
    const secrets = secretId === undefined ? [] : [{ id: secretId }];
    const own = { filter, channel, secrets, ...(grantsOf && { grantsOf }) };
    return subscriber ?? { id: idOf(event.stream), title, owner, state: 'Active', ...own };
  }
  if (!subscriber || isOwn(event)) return subscriber && changed(subscriber, event);
  const fact = recordFactIn('subscription', event);
  if (fact?.type !== 'DetailsChanged') return subscriber;
  const { title = subscriber.title, owner = subscriber.owner } = fact.data;
  return { ...subscriber, title, owner };
};

const changed = (subscriber: Subscriber, event: Recorded<SubscriptionEvent>): Subscriber => {
  switch (event.type) {
    case 'SubscriptionFilterChanged':
      return { ...subscriber, filter: event.data.filter, grantsOf: event.data.grantsOf ?? null };
    case 'SubscriptionChannelChanged':
      return { ...subscriber, channel: event.data.channel, grantsOf: event.data.grantsOf ?? null };
    case 'SubscriptionSecretRotated':
      return { ...subscriber, secrets: rotated(subscriber.secrets, event.data) };
    case 'SubscriptionPaused':
      return { ...subscriber, state: 'Paused' };
    case 'SubscriptionResumed':
    case 'SubscriptionEnabled':
      return { ...subscriber, state: 'Active' };
    case 'SubscriptionDisabled':
      return { ...subscriber, state: 'Disabled' };
    case 'SubscriptionCanceled':
      return { ...subscriber, state: 'Canceled' };
    default:
      return subscriber;
  }
};

const MOST_SECRETS = 4;

// One that had its end already keeps it.
const rotated = (
  secrets: readonly SecretInUse[],
  { secretId, overlapUntil }: Readonly<{ secretId: string; overlapUntil: string }>,
): readonly SecretInUse[] =>
  [{ id: secretId }, ...secrets.map(({ id, until = overlapUntil }) => ({ id, until }))].slice(0, MOST_SECRETS);

const ALL = 'SELECT id, title, owner, state, filter, channel, secrets, grants_of AS "grantsOf" FROM subscribers_v1';
const KEEP = `
  WITH kept AS (
    INSERT INTO subscribers_v1 (id, title, owner, state, filter, channel, secrets, grants_of)
    SELECT id, title, owner, state, filter, channel, secrets, grants_of FROM jsonb_populate_recordset(NULL::subscribers_v1, $1)
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, owner = excluded.owner, state = excluded.state,
      filter = excluded.filter, channel = excluded.channel, secrets = excluded.secrets, grants_of = excluded.grants_of
  )
  SELECT 1 AS kept`;
const LEAVE = 'WITH gone AS (DELETE FROM subscribers_v1 WHERE id = ANY ($1)) SELECT 1 AS gone';

export const allSubscribers = async (ask: Ask): Promise<Map<string, Subscriber>> =>
  new Map((await ask<Subscriber>(ALL, [])).map(subscriber => [subscriber.id, subscriber]));

export const subscriberNamed = async (ask: Ask, id: string): Promise<Subscriber | undefined> =>
  (await ask<Subscriber>(`${ALL} WHERE id = $1`, [id]))[0];

/** Writes those that changed; who canceled is told nothing any more. */
export const keepSubscribers = async (ask: Ask, changes: readonly Subscriber[]): Promise<void> => {
  if (changes.length === 0) return;
  const gone = changes.filter(({ state }) => state === 'Canceled').map(({ id }) => id);
  const kept = changes.filter(({ state }) => state !== 'Canceled');
  await ask(KEEP, [JSON.stringify(kept.map(({ grantsOf, ...each }) => ({ ...each, grants_of: grantsOf })))]);
  if (gone.length > 0) await ask(LEAVE, [gone]);
};
