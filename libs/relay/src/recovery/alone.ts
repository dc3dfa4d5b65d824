import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { RecoveryRefused } from './options.ts';

const WITHIN_MS = 5_000;
const LEADERS = ['sequencer', 'relay'];

/** The epochs that were taken: no leader of before writes anything any more. */
export type Epochs = Readonly<Record<string, string>>;

/**
 * Does the work while neither a sequencer nor a relay leads and nothing is appended: an append begins with the table of
 * categories, so it waits there. All of it ends with this session. Throws `RecoveryRefused` when they do not make room.
 */
export const whileNobodyWrites = async <Result>(
  url: string,
  work: (client: pg.Client, epochs: Epochs) => Promise<Result>,
): Promise<Result> => {
  const [guard, client] = [connection(url, 'slipway-recover-guard'), connection(url, 'slipway-recover')];
  try {
    await Promise.all([guard.connect(), client.connect()]);
    guard.on('end', () => void client.end().catch(() => undefined)); // then nothing is guarded any more
    for (const leader of LEADERS) await lock(guard, leader);
    await guard.query('BEGIN');
    await guard.query(`SET LOCAL lock_timeout = ${WITHIN_MS}`);
    await guard.query('LOCK TABLE store.categories IN ACCESS EXCLUSIVE MODE');
    const { rows } = await client.query<{ leader: string; epoch: string }>(
      'UPDATE store.epoch SET epoch = epoch + 1 RETURNING leader, epoch',
    );
    return await work(client, Object.fromEntries(rows.map(({ leader, epoch }) => [leader, epoch])));
  } finally {
    await client.end().catch(() => undefined);
    await guard.end().catch(() => undefined);
  }
};

/** Called first in every transaction of that work. */
export const holdEpochs = async (client: pg.ClientBase, epochs: Epochs): Promise<void> => {
  for (const [leader, epoch] of Object.entries(epochs))
    await client.query('SELECT store.hold_lead($1, $2)', [leader, epoch]);
};

const connection = (connectionString: string, name: string): pg.Client =>
  new pg.Client({ connectionString, keepAlive: true, application_name: name }).on('error', () => undefined);

// One that refuses to go on and is started again and again holds it for a moment only.
const lock = async (guard: pg.Client, leader: string): Promise<void> => {
  const deadline = performance.now() + WITHIN_MS;
  const statement = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine';
  while ((await guard.query<{ mine: boolean }>(statement, [`slipway ${leader}`])).rows[0]?.mine !== true) {
    if (performance.now() > deadline)
      throw new RecoveryRefused(`a ${leader} is running: stop all of them first, and start them again afterwards`);
    await pause(50);
  }
};
