import { parkingOf, projecting } from '@slipway/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { parkedWithoutPoison } from '../invariants/projections.ts';
import { tally } from '../load/tally.ts';
import { PREFIX } from '../system/surroundings.ts';
import type { System } from '../system/system.ts';

/** Streams that were parked, and those of them that held nothing to park them for. */
export type Settled = Readonly<{ parked: number; withoutPoison: number }>;

const MARKED = `SELECT position FROM planning.watermarks WHERE consumer = $1`;

/**
 * Ends the load, lets everything arrive, gives what was parked to a handler that was mended, and ends all parts. Bounded:
 * what has not arrived then is missing.
 */
export const settle = async (system: System, withinMs: number): Promise<Settled> => {
  await Promise.all(system.partsOf('writer').map(part => part.stop()));
  const head = await system.store.settledHead(withinMs).catch(() => system.store.head());
  const until = performance.now() + withinMs;
  while (!(await hasArrived(system, head)) && performance.now() < until) await pause(50);
  const withoutPoison = await parkedWithoutPoison(system.pool);
  const parked = await replayAll(system);
  await Promise.all(system.parts.map(part => part.stop()));
  return { parked, withoutPoison };
};

const hasArrived = async ({ pool, progress }: System, head: number): Promise<boolean> => {
  if ((await progress.position(tally('kafka', true))) < head) return false;
  const { rows } = await pool.query<{ position: string }>(MARKED, [tally('log', true).consumer]);
  return Number(rows[0]?.position ?? 0) >= head;
};

const BY = { actor: 'person-operator', reason: 'the handler was mended' };

const replayAll = async ({ kafka, store, servicePool }: System): Promise<number> => {
  const mended = projecting(tally('kafka', true));
  const parking = parkingOf({ kind: 'kafka', kafka, prefix: PREFIX, store, pool: servicePool }, [mended]);
  const parked = await parking.parked();
  for (const { consumer, stream } of parked) await parking.replay(consumer, stream, BY);
  return parked.length;
};
