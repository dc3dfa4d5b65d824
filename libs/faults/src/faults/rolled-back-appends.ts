import { PostgresEventStore } from '@slipway/event-store';
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { LoadCommand } from '../load/command.ts';
import { urlAs } from '../system/surroundings.ts';
import type { Circumstances, Fault } from './fault.ts';

const AT_ONCE = 4;
const LONGEST_MS = 60;

/** Appends whose transaction ends otherwise than they thought. Each takes numbers and locks, and leaves nothing behind. */
export const rolledBackAppends: Fault = {
  kind: 'rolled-back-appends',
  touches: 'postgres',
  lengthMs: [3_000, 6_000],
  shortMs: [2_000, 3_000],
  begin: circumstances => {
    const over = new AbortController();
    const all = Promise.all(Array.from({ length: AT_ONCE }, () => rollBack(circumstances, over.signal)));
    all.catch(() => undefined); // met at the end
    return Promise.resolve(() => {
      over.abort();
      return all;
    });
  },
};

const rollBack = async ({ system, random }: Circumstances, over: AbortSignal): Promise<void> => {
  const pool = new pg.Pool({ connectionString: urlAs(system.database.url, 'planning'), max: 1 }); // so: one connection
  const store = new PostgresEventStore(pool);
  while (!over.aborted) {
    const command: LoadCommand = { id: uuidv7(), home: `release-${uuidv7()}`, events: random.between(1, 3) };
    await system.ledger.ask(command);
    await pool.query('BEGIN');
    await store.append([{ stream: command.home, expect: 'no-stream', events: eventsOf(command) }]);
    await pause(random.between(0, LONGEST_MS));
    await pool.query('ROLLBACK');
    await system.ledger.answer(command, { rejected: 'rolled-back', reason: '' });
  }
  await pool.end();
};

const eventsOf = ({ id, events }: LoadCommand) =>
  Array.from({ length: events }, (_, nth) => ({
    id: uuidv7(),
    type: 'ReleaseHeld',
    data: { command: id, nth },
    envelope: { correlationId: id },
  }));
