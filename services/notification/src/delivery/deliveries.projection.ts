import { type Delivery, projection } from '@slipway/consumers';
import { categories, type CommunicationEvent, type SubscriptionEvent } from '@slipway/contracts';
import { categoryOf, idOf, type Message, type Recorded } from '@slipway/event-sourcing';
import { type Ask, asking } from '@slipway/service';
import type pg from 'pg';
import { countFailures, type Failure, keepLetters, type Letter, lettersFor, lettersOfCommunication } from './outbox.ts';
import { beginReplays, redeliver } from './replay.ts';
import { subjectsIn, keepNames } from './subjects.ts';
import { allSubscribers, keepSubscribers, type Subscriber, subscriberAfter } from './subscribers.ts';

const isOfSubscription = (event: Delivery): event is Delivery<SubscriptionEvent> =>
  categoryOf(event.stream) === 'subscription';

const isOfCommunication = (event: Delivery): event is Delivery<CommunicationEvent> =>
  categoryOf(event.stream) === 'communication';

const tell = async (events: readonly Delivery[], client: pg.ClientBase): Promise<void> => {
  const ask = asking(client);
  const subscribers = await allSubscribers(ask);
  const subjects = await subjectsIn(ask, events);
  const changed = new Map<string, Subscriber>();
  const letters: Letter[] = [];
  const failures: Failure[] = [];
  for (const event of events) {
    if (isOfSubscription(event)) follow(subscribers, changed, event);
    const found = lettersFor(event, subjects.after(event), subscribers.values());
    letters.push(...found.letters);
    if (isOfCommunication(event)) letters.push(...lettersOfCommunication(event));
    failures.push(...found.failures);
  }
  await keepSubscribers(ask, [...changed.values()]);
  await subjects.keep();
  await keepNames(ask, events);
  await keepLetters(ask, letters);
  await countFailures(ask, failures);
  await carryOut(ask, events.filter(isOfSubscription));
};

const follow = (
  subscribers: Map<string, Subscriber>,
  changed: Map<string, Subscriber>,
  event: Recorded<SubscriptionEvent>,
): void => {
  const id = idOf(event.stream);
  const before = subscribers.get(id);
  const after = subscriberAfter(before, event);
  if (!after || after === before) return;
  changed.set(id, after);
  subscribers.set(id, after);
};

/** What was asked of deliveries that are there already. */
const carryOut = async (ask: Ask, events: readonly Delivery<SubscriptionEvent>[]): Promise<void> => {
  for (const { type, data, stream } of events)
    if (type === 'RedeliveryRequested') await redeliver(ask, idOf(stream), data.deliveryId);
  await beginReplays(
    ask,
    events.filter(event => event.type === 'ReplayRequested'),
  );
};

/**
 * What matches an event becomes a delivery in the transaction that moves the watermark. It reads the log in its one order, so
 * that a subscriber is told of everything that came after it subscribed, and of nothing before. A rebuild fills anew who wants what;
 * what it would deliver is thrown away: nobody is told again because a view was wrong.
 */
export const deliveriesCopy = projection<Message>({
  consumer: 'notification.deliveries',
  categories: categories.map(({ name }) => name),
  tables: ['subscribers_v1', 'subjects_v1', 'catalog_v1'],
  alsoWrites: ['messages_v1', 'deliveries_v1', 'endpoints_v1', 'replays_v1'],
  applyAll: tell,
});
