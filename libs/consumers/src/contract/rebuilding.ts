import { isPassing } from '../fault.ts';
import { type Rebuilder, startRebuilder } from '../rebuild/rebuilder.ts';
import { type RebuildProgress, rebuildProgress } from '../rebuild/rebuilds.ts';
import type { Projection } from '../subscription.ts';
import { quick, type Stage, until } from './stage.ts';

export const by = { actor: 'person-00000000-0000-4000-8000-000000000001', reason: 'the view was wrong' };

const OVER = ['done', 'failed', 'canceled'];

const unlessPassing = (error: unknown): undefined => {
  if (!isPassing(error)) throw error;
};

/** What is done to rebuild views of a stage, and to see how far that is. */
export const rebuilding = (stage: () => Stage) => {
  const running: Rebuilder[] = [];
  afterEach(async () => void (await Promise.all(running.splice(0).map(rebuilder => rebuilder.stop()))));
  const rebuilderOf = (projection: Projection, errors: unknown[] = [], settings = quick): Rebuilder => {
    const rebuilder = startRebuilder({
      service: projection.consumer,
      pool: stage().pool,
      views: [{ projection, source: stage().source(settings) }],
      pollMs: 50,
      onError: (_consumer, error) => void errors.push(error),
    });
    running.push(rebuilder);
    return rebuilder;
  };
  const progressOf = async ({ consumer }: Projection): Promise<RebuildProgress | undefined> =>
    (await rebuildProgress(stage().pool, [consumer])).get(consumer);
  // A connection that was cut may be the one that asks.
  const ended = (view: Projection): Promise<void> =>
    until(async () => OVER.includes((await progressOf(view).catch(unlessPassing))?.status ?? ''));
  const rebuilt = async (view: Projection): Promise<void> => {
    const rebuilder = rebuilderOf(view);
    expect(await rebuilder.ask(view.consumer, by)).toBe(true);
    await ended(view);
    await rebuilder.stop();
    expect(await progressOf(view)).toMatchObject({ status: 'done', ...by });
  };
  return { rebuilderOf, progressOf, ended, rebuilt };
};
