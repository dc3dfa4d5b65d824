import { derivedId, sha256 } from '@slipway/canonical';
import { type CloudEvent, cloudEventOf } from '@slipway/contracts';
import type { Delivery } from '@slipway/consumers';
import type { Stamp } from '@slipway/event-sourcing';
import { matches } from '../matching/filter.ts';
import type { Subject } from '../matching/subject.ts';
import type { Ask } from './ask.ts';
import { collects, type Subscriber } from './subscribers.ts';

/** One event to one subscriber. */
export type Letter = Readonly<{ subscription: string; event: Delivery; cloudEvent: CloudEvent }>;
/** An expression that could not be evaluated. */
export type Failure = Readonly<{ subscription: string; why: string }>;
export type Found = Readonly<{ letters: readonly Letter[]; failures: readonly Failure[] }>;

/** The same for an event and a subscription, however often it is found: receivers know repetitions by it. */
export const deliveryIdOf = (subscription: string, eventId: string): string =>
  derivedId('webhook', subscription, eventId);

/** `webhook-id`. */
export const webhookIdOf = (deliveryId: string): string => `msg_${deliveryId}`;

/** Who is to be told of an event. Nobody is told of his own subscription, but when it is a test. */
export const lettersFor = (event: Delivery, subject: Subject, subscribers: Iterable<Subscriber>): Found => {
  const letters: Letter[] = [];
  const failures: Failure[] = [];
  const cloudEvent = cloudEventOf(event);
  for (const subscriber of subscribers) {
    if (!collects(subscriber)) continue;
    const { id, filter } = subscriber;
    const isOwn = event.stream === `subscription-${id}`;
    const answer = isOwn ? event.type === 'SubscriptionTested' : matches(filter, cloudEvent, subject);
    if (answer === true) letters.push({ subscription: id, event, cloudEvent });
    if (typeof answer === 'object') failures.push({ subscription: id, why: answer.failed });
  }
  return { letters, failures };
};

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
    INSERT INTO deliveries_v1 AS known (id, subscription, event_id, position)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[])
    ON CONFLICT (id) ${onConflict}
  )
  SELECT 1 AS kept`;
const KEEP_LETTERS = insertLetters('DO NOTHING');
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
  await ask(again ? KEEP_LETTERS_AGAIN : KEEP_LETTERS, [
    letters.map(({ subscription, event }) => deliveryIdOf(subscription, event.id)),
    letters.map(({ subscription }) => subscription),
    letters.map(({ event }) => event.id),
    letters.map(({ event }) => event.position),
  ]);
};

export const countFailures = async (ask: Ask, failures: readonly Failure[]): Promise<void> => {
  if (failures.length === 0) return;
  await ask(COUNT_FAILURES, [failures.map(({ subscription }) => subscription), failures.map(({ why }) => why)]);
};
