import { sha256 } from '@slipway/canonical';
import { type Decider, reject, type Stamp } from '@slipway/event-sourcing';
import {
  type AnyDecider,
  type Check,
  type EventStore,
  handle,
  type Outcome,
  OutcomeUnknown,
  Overloaded,
  type Task,
} from '@slipway/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import type { Poisoned } from './tally.ts';

/** What one client wants once, however often it has to ask. `id` is a UUID, and its key. */
export type LoadCommand = Readonly<{
  id: string;
  home: string;
  /** Streams that are written to in the same append. */
  others?: readonly string[];
  /** In each of them. */
  events: number;
  /** The version that the client saw of the home stream. */
  expected?: number;
  checks?: readonly Check[];
  /** The decider rejects it. */
  refuse?: true;
}> &
  Poisoned;

type Note = Readonly<{ type: 'Note'; data: Pick<LoadCommand, 'id' | 'events' | 'refuse' | 'poison'> }>;
type Noted = Readonly<{ type: 'ReleaseHeld'; data: object }>;

const FILLER = 'x'.repeat(100);

const notes: Decider<Note, Noted, number, 'not-now'> = {
  initialState: 0,
  decide: ({ data: { id, events, refuse, poison }, stamp }) =>
    refuse
      ? reject('not-now', 'It was told to be refused.')
      : Array.from({ length: events }, (_, nth) => ({
          type: 'ReleaseHeld',
          data: { command: id, nth, reason: FILLER, ...(poison && { poison }), ...stamp },
        })),
  evolve: count => count + 1,
};

const STAMP = { actor: 'person-load', issuer: 'https://issuer.example', source: 'rest' };

const stampNow = (): Stamp => {
  const now = new Date().toISOString();
  return { ...STAMP, occurredAt: now, recordedAt: now };
};

const SETTLE_MS = 50;

/** Asks under its key until there is an answer, however often the outcome is unknown or the database away. */
export const ask = async (store: EventStore, command: LoadCommand): Promise<Outcome> => {
  const { id, home, others = [], events, refuse, poison, expected, checks } = command;
  const data = { id, events, ...(refuse && { refuse }), ...(poison && { poison }) };
  const task = (stream: string): Task => ({
    stream,
    command: { type: 'Note', data, stamp: stampNow() },
    decider: notes as unknown as AnyDecider,
  });
  for (;;) {
    try {
      return await handle(store, {
        home: task(home),
        others: others.map(task),
        ...(expected !== undefined && { expected }),
        ...(checks && { checks }),
        key: sha256(id),
        request: sha256(JSON.stringify(command)),
        correlationId: id,
      });
    } catch (error) {
      if (!(error instanceof OutcomeUnknown || error instanceof Overloaded)) throw error;
      await pause(SETTLE_MS);
    }
  }
};
