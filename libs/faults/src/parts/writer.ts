import { isRejection } from '@slipway/event-sourcing';
import { appendHint, PostgresEventStore } from '@slipway/event-store';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ask, type LoadCommand } from '../load/command.ts';
import { entriesOf, openLedger, unanswered } from '../load/ledger.ts';
import { Mix } from '../load/mix.ts';
import { Pace } from '../load/pace.ts';
import { randomOf } from '../plan/random.ts';
import { RATE_FILE, surroundings, urlAs } from '../system/surroundings.ts';
import { untilTold } from './told.ts';

/** Clients of this service at the same time. */
const IN_FLIGHT = 16;
/** How often a client that got its answer asks again. */
const ASKED_TWICE = 0.02;
const LOOK_MS = 200;

const { name, proxiedUrl, directory, seed } = surroundings();
const url = urlAs(proxiedUrl, 'planning');
const pool = new pg.Pool({ connectionString: url, max: 10 });
const hint = appendHint(url);
const store = new PostgresEventStore(pool, hint);
const path = join(directory, `${name}.ledger`);
const left = [...unanswered(await entriesOf(path))];
const ledger = await openLedger(path);
const random = randomOf(seed + Date.now());
const mix = new Mix(random);
const pace = new Pace(() => Number(readFileSync(join(directory, RATE_FILE), 'utf8')), LOOK_MS);

const settle = async (command: LoadCommand): Promise<void> => {
  const outcome = await ask(store, command);
  await ledger.answer(command, outcome);
  mix.answered(command, isRejection(outcome) ? undefined : outcome.version);
};

const client = async (): Promise<void> => {
  for (let command = left.shift(); command; command = left.shift()) await settle(command);
  while (!pace.isOver) {
    const command = mix.next();
    await pace.turn(command.events * (1 + (command.others?.length ?? 0)));
    if (pace.isOver) return;
    await ledger.ask(command);
    await settle(command);
    if (random.next() < ASKED_TWICE) await ledger.answer(command, await ask(store, command));
  }
};

const clients = Promise.all(Array.from({ length: IN_FLIGHT }, client));
await untilTold(clients);
pace.end();
await clients;
await hint.stop();
await pool.end();
await ledger.close();
process.exit();
