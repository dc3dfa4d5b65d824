import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { PREFIX, urlAs } from '../system/surroundings.ts';
import type { System } from '../system/system.ts';
import type { Fault } from './fault.ts';
import { victimOf } from './process-faults.ts';

type Leader = 'sequencer' | 'relay';

const ANOTHER_WITHIN_MS = 10_000;
const WATCHED_MS = 1_000;

/**
 * A leader is frozen until another one leads, then goes on as if it led. And a leader whose session lives is deposed by a
 * new epoch, as a failover would do it: whatever it still writes is counted.
 */
export const twoLeaders: Fault = {
  kind: 'two-leaders',
  touches: 'sequencers',
  lengthMs: [0, 1_000],
  shortMs: [0, 0],
  isAlone: true,
  begin: async ({ system, random, violated }) => {
    const leader: Leader = random.oneOf(['sequencer', 'relay']);
    const frozen = victimOf(system, random, [leader]);
    await frozen.freeze();
    await anotherLeads(system, leader, frozen.name).catch(async (error: unknown) => {
      await frozen.thaw();
      throw error;
    });
    return async () => {
      await frozen.thaw();
      for (const each of ['sequencer', 'relay'] as const)
        violated('writesOfADeposedLeader', await writesOnceDeposed(system, each));
    };
  },
};

const anotherLeads = async ({ partsOf }: System, leader: Leader, frozen: string): Promise<void> => {
  const until = performance.now() + ANOTHER_WITHIN_MS;
  while (!partsOf(leader).some(({ name, isLeading }) => isLeading && name !== frozen)) {
    if (performance.now() > until) throw new Error(`no other ${leader} leads while one is frozen`);
    await pause(10);
  }
};

type Standing = Readonly<{ epoch: string; head: string; checkpoint: string }>;

const STANDING = `
  SELECT (SELECT epoch FROM store.epoch WHERE leader = $1) AS epoch, store.head() AS head,
    (SELECT position FROM relay.checkpoints WHERE prefix = $2) AS checkpoint`;

/** In one snapshot each time: while the epoch is ours, who led before must not get anything written. */
const writesOnceDeposed = async ({ pool, database }: System, leader: Leader): Promise<number> => {
  const mine = await takeLead(urlAs(database.url, leader), leader);
  const standing = async (): Promise<Standing> => {
    const { rows } = await pool.query<Standing>(STANDING, [leader, PREFIX]);
    return rows[0] as Standing;
  };
  const written = ({ head, checkpoint }: Standing): string => (leader === 'sequencer' ? head : checkpoint);
  const before = await standing();
  for (const until = performance.now() + WATCHED_MS; performance.now() < until;) {
    const now = await standing();
    if (now.epoch !== mine) return 0;
    if (written(now) !== written(before)) return 1;
  }
  return 0;
};

const takeLead = async (url: string, leader: Leader): Promise<string> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ epoch: string }>('SELECT store.take_lead($1) AS epoch', [leader]);
    return rows[0]?.epoch ?? '';
  } finally {
    await client.end();
  }
};
