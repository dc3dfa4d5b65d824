import { eventTypes } from '@slipway/contracts';
import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { type Wanted, writeDown } from './instructions.ts';
import type { AnyProcess, Delivery, Subscription } from './subscription.ts';
import { currentTraceparent, spannedDelivery } from './telemetry.ts';

/** The processes of a service as one consumer, `<service>.processes`. */
export type ProcessRunner = Subscription & Readonly<{ onApplied: (listener: () => void) => void }>;

type Concern = Readonly<{ process: AnyProcess; instance: string; event: Delivery }>;

/**
 * State and instructions of a batch are written with its watermark. Throws when a process names an event type that
 * contracts do not have.
 */
export const reacting = (service: string, processes: readonly AnyProcess[]): ProcessRunner => {
  const commits = new EventEmitter();
  const consumer = `${service}.processes`;
  return {
    consumer,
    categories: [...new Set(processes.flatMap(({ events }) => events.map(categoryOfType)))],
    apply: (batch, client) => react(consumer, concernsOf(batch, processes), client),
    applied: () => commits.emit('applied'),
    onApplied: listener => void commits.on('applied', listener),
  };
};

const categoryOfType = (type: string): string => {
  const known = eventTypes.get(type);
  if (!known) throw new Error(`no event type ${type} in contracts`);
  return known.category.name;
};

const concernsOf = (batch: readonly Delivery[], processes: readonly AnyProcess[]): readonly Concern[] =>
  batch.flatMap(event =>
    processes.flatMap(process => {
      const instance = process.events.includes(event.type) ? process.instance(event) : undefined;
      return instance === undefined ? [] : [{ process, instance, event }];
    }),
  );

const react = async (consumer: string, concerns: readonly Concern[], client: pg.ClientBase): Promise<void> => {
  if (concerns.length === 0) return;
  const states = await lockStates(client, concerns);
  const wanted: Wanted[] = [];
  for (const { process, instance, event } of concerns) {
    const own = idOf(process.name, instance);
    await spannedDelivery(consumer, event, () => {
      const state = process.evolve(states.get(own), event);
      states.set(own, state);
      const traceparent = currentTraceparent();
      const instructions = process.react(event, state);
      wanted.push(...instructions.map(instruction => ({ process: process.name, instruction, event, traceparent })));
      return Promise.resolve();
    });
  }
  await saveStates(client, concerns, states);
  for (const each of wanted) await writeDown(client, each);
};

const idOf = (process: string, instance: string): string => `${process} ${instance}`;

const BEGIN = `
  INSERT INTO process_instances (process, instance, state)
  SELECT process, instance, state::json FROM unnest($1::text[], $2::text[], $3::text[]) AS begun (process, instance, state)
  ORDER BY process, instance ON CONFLICT DO NOTHING`;
const LOCK = `
  SELECT process, instance, state FROM process_instances
  WHERE (process, instance) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY process, instance FOR UPDATE`;
const SAVE = `
  UPDATE process_instances AS kept SET state = made.state::json
  FROM unnest($1::text[], $2::text[], $3::text[]) AS made (process, instance, state)
  WHERE (kept.process, kept.instance) = (made.process, made.instance)`;

// Events of one instance may come from several partitions at once, so its row is locked, always in the same order.
const lockStates = async (client: pg.ClientBase, concerns: readonly Concern[]): Promise<Map<string, unknown>> => {
  const own = distinct(concerns);
  const [names, instances] = [own.map(({ process }) => process.name), own.map(({ instance }) => instance)];
  await client.query(BEGIN, [names, instances, own.map(({ process }) => JSON.stringify(process.initialState))]);
  const { rows } = await client.query<{ process: string; instance: string; state: unknown }>(LOCK, [names, instances]);
  return new Map(rows.map(({ process, instance, state }) => [idOf(process, instance), state]));
};

const saveStates = async (
  client: pg.ClientBase,
  concerns: readonly Concern[],
  states: ReadonlyMap<string, unknown>,
): Promise<void> => {
  const own = distinct(concerns);
  const texts = own.map(({ process, instance }) => JSON.stringify(states.get(idOf(process.name, instance))));
  await client.query(SAVE, [own.map(({ process }) => process.name), own.map(({ instance }) => instance), texts]);
};

const distinct = (concerns: readonly Concern[]): readonly Concern[] => [
  ...new Map(concerns.map(concern => [idOf(concern.process.name, concern.instance), concern])).values(),
];
