import { logHints, startRebuilder } from '@slipway/consumers';
import type { EventStore } from '@slipway/event-store';
import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { streamCounts } from './counts.ts';

const BY = { actor: 'person-bench', reason: 'benchmark' };
const STATUS = 'SELECT status, error FROM rebuilds WHERE consumer = $1 ORDER BY id DESC LIMIT 1';
const COUNTED = 'SELECT coalesce(sum(count), 0)::int AS counted FROM counts';

/** A rebuild as an operator asks for it, with the version that is read left readable. Answers how many events it counted. */
export const rebuildCounts = async (url: string, store: EventStore, pool: pg.Pool): Promise<number> => {
  const hints = logHints(url);
  const source = { kind: 'log', store, pool, hints } as const;
  const rebuilder = startRebuilder({
    service: 'planning',
    pool,
    views: [{ projection: streamCounts, source }],
    onError: (_, error) => process.stderr.write(`rebuild: ${String(error)}\n`),
  });
  try {
    await rebuilder.ask(streamCounts.consumer, BY);
    await done(pool);
    const { rows } = await pool.query<{ counted: number }>(COUNTED);
    return rows[0]?.counted ?? 0;
  } finally {
    await rebuilder.stop();
    await hints.stop();
  }
};

const done = async (pool: pg.Pool): Promise<void> => {
  for (;;) {
    const { rows } = await pool.query<{ status: string; error: string | null }>(STATUS, [streamCounts.consumer]);
    if (rows[0]?.status === 'done') return;
    if (rows[0]?.status === 'failed') throw new Error(rows[0].error ?? 'the rebuild failed');
    await pause(5);
  }
};
