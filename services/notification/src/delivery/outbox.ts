import { derivedId, sha256 } from '@slipway/canonical';
import { type CloudEvent, cloudEventOf, type CommunicationEvent } from '@slipway/contracts';
import type { Delivery } from '@slipway/consumers';
import type { Stamp } from '@slipway/event-sourcing';
import type { Ask } from '@slipway/service';
import { dueAt } from '../mail/timing.ts';
import { matches } from '../matching/filter.ts';
import type { Subject } from '../matching/subject.ts';
import { collects, type Subscriber } from './subscribers.ts';

/** One event to one subscriber. */
export type Letter = Readonly<{
  id: string;
  subscription: string;
  event: Delivery;
  cloudEvent: CloudEvent;
  /** Of mail: the pseudonym of whom it goes to, and not before when. */
  recipient?: string;
  dueAt?: string;
}>;
/** An expression that could not be evaluated. */
export type Failure = Readonly<{ subscription: string; why: string }>;
export type Found = Readonly<{ letters: readonly Letter[]; failures: readonly Failure[] }>;

/** The same for an event and a subscription, however often it is found: receivers know repetitions by it. */
export const deliveryIdOf = (subscription: string, eventId: string): string =>
  derivedId('webhook', subscription, eventId);

/** The same for an event and a person, whichever subscriptions match: nobody is told twice. */
export const mailIdOf = (recipient: string, eventId: string): string => derivedId('email', recipient, eventId);

/** A communication that was sent, to each of its people; named after itself, since no subscription is behind it. */
export const lettersOfCommunication = (event: Delivery<CommunicationEvent>): readonly Letter[] => {
  if (event.type !== 'CommunicationSent') return [];
  const { id: eventId, stream, sequencedAt } = event;
  const cloudEvent = cloudEventOf(event);
  return event.data.people.map(recipient => {
    const id = derivedId('communication', recipient, eventId);
    return { id, subscription: stream, event, cloudEvent, recipient, dueAt: sequencedAt };
  });
};

/** `webhook-id`. */
export const webhookIdOf = (deliveryId: string): string => `msg_${deliveryId}`;

/** Who is to be told of an event. A subscription is not told of itself, but when it is a test; its owner is, when it was disabled. */
export const lettersFor = (event: Delivery, subject: Subject, subscribers: Iterable<Subscriber>): Found => {
  const letters: Letter[] = [];
  const failures: Failure[] = [];
  const cloudEvent = cloudEventOf(event);
  for (const subscriber of subscribers) {
    const { id, filter, owner } = subscriber;
    const isOwn = event.stream === `subscription-${id}`;
    if (isOwn && event.type === 'SubscriptionDisabled') letters.push(mailTo(owner, id, event, cloudEvent));
    if (!collects(subscriber)) continue;
    const answer = isOwn ? event.type === 'SubscriptionTested' : matches(filter, cloudEvent, subject);
    if (answer === true) letters.push(...lettersOf(subscriber, event, cloudEvent));
    if (typeof answer === 'object') failures.push({ subscription: id, why: answer.failed });
  }
  return { letters, failures };
};

const lettersOf = ({ id, channel }: Subscriber, event: Delivery, cloudEvent: CloudEvent): readonly Letter[] => {
  if (channel.kind === 'webhook') return [{ id: deliveryIdOf(id, event.id), subscription: id, event, cloudEvent }];
  const due = dueAt(channel.timing, event.sequencedAt);
  return channel.people.map(person => mailTo(person, id, event, cloudEvent, due));
};

const mailTo = (
  recipient: string,
  subscription: string,
  event: Delivery,
  cloudEvent: CloudEvent,
  due = event.sequencedAt,
): Letter => ({ id: mailIdOf(recipient, event.id), subscription, event, cloudEvent, recipient, dueAt: due });

/** The payload of Standard Webhooks, with what else CloudEvents has to say. Free texts stay sealed in it. */
export const bodyOf = ({ type, id, source, subject, position, version, data }: CloudEvent): string =>
  JSON.stringify({ type, timestamp: (data as Stamp).occurredAt, data, id, source, subject, position, version });

const KEEP_MESSAGES = `
  WITH kept AS (
    INSERT INTO messages_v1 (event_id, position, type, stream, body, digest)
    SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
    ON CONFLICT (event_id) DO NOTHING
  )
  SELECT 1 AS kept`;
const insertLetters = (onConflict: string): string => `
  WITH kept AS (
    INSERT INTO deliveries_v1 AS known (id, subscription, event_id, position, recipient, next_at)
    SELECT id, subscription, event_id, position, recipient, coalesce(due_at, clock_timestamp())
    FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::timestamptz[])
      AS letters (id, subscription, event_id, position, recipient, due_at)
    ON CONFLICT (id) ${onConflict}
  )
  SELECT 1 AS kept`;
// Who is told by two subscriptions is told when the first of them would.
const KEEP_LETTERS = insertLetters(
  `DO UPDATE SET next_at = least(known.next_at, excluded.next_at)
    WHERE known.recipient IS NOT NULL AND known.state = 'waiting' AND known.failures = 0`,
);
// An attempt that is under way is recorded, and settles nothing any more.
const KEEP_LETTERS_AGAIN = insertLetters(
  "DO UPDATE SET state = 'waiting', failures = 0, next_at = clock_timestamp(), settled_at = NULL, lease = NULL, leased_until = NULL",
);
const COUNT_FAILURES = `
  WITH counted AS (
    INSERT INTO endpoints_v1 AS known (subscription, expression_failures, expression_error)
    SELECT subscription, count(*), max(why) FROM unnest($1::text[], $2::text[]) AS failed (subscription, why)
    GROUP BY subscription
    ON CONFLICT (subscription) DO UPDATE SET
      expression_failures = known.expression_failures + excluded.expression_failures,
      expression_error = excluded.expression_error
  )
  SELECT 1 AS counted`;

/** Writes letters where they wait to be delivered. Those that are there go out again only if that is what is wanted. */
export const keepLetters = async (ask: Ask, letters: readonly Letter[], again = false): Promise<void> => {
  if (letters.length === 0) return;
  const events = [...new Map(letters.map(letter => [letter.event.id, letter])).values()];
  const bodies = events.map(({ cloudEvent }) => bodyOf(cloudEvent));
  await ask(KEEP_MESSAGES, [
    events.map(({ event }) => event.id),
    events.map(({ event }) => event.position),
    events.map(({ cloudEvent }) => cloudEvent.type),
    events.map(({ event }) => event.stream),
    bodies,
    bodies.map(body => `sha256:${sha256(body)}`),
  ]);
  const each = soonest(letters);
  await ask(again ? KEEP_LETTERS_AGAIN : KEEP_LETTERS, [
    each.map(({ id }) => id),
    each.map(({ subscription }) => subscription),
    each.map(({ event }) => event.id),
    each.map(({ event }) => event.position),
    each.map(({ recipient = null }) => recipient),
    each.map(({ dueAt: due = null }) => due),
  ]);
};

/** One of each id, the one that is due first. */
const soonest = (letters: readonly Letter[]): readonly Letter[] => {
  const first = new Map<string, Letter>();
  for (const letter of letters) {
    const other = first.get(letter.id);
    if (!other || Date.parse(letter.dueAt ?? '') < Date.parse(other.dueAt ?? '')) first.set(letter.id, letter);
  }
  return [...first.values()];
};

export const countFailures = async (ask: Ask, failures: readonly Failure[]): Promise<void> => {
  if (failures.length === 0) return;
  await ask(COUNT_FAILURES, [failures.map(({ subscription }) => subscription), failures.map(({ why }) => why)]);
};
