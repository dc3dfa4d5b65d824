import { projecting } from '../projecting.ts';
import { standingsOf } from '../standing.ts';
import { append, quick, running, type Stage, streamOf, tallying, tallyOf, until } from './stage.ts';

const WAIT_MS = 20_000;
let names = 0;

/** What a view shows, and how to wait for it. */
export const progressContract = (stage: () => Stage): void => {
  test('the position never says more than what is applied, and gets to the end', async () => {
    const view = tallying(`planning.shown-${(names += 1)}`);
    await running(stage(), projecting(view), async ({ progress }) => {
      for (let round = 0; round < 5; round += 1) {
        for (const stream of [streamOf(), streamOf(), streamOf()]) await append(stage().store, stream, 'ReleaseHeld');
        const shown = await progress.position(view);
        const applied = await tallyOf(stage(), view);
        const due = (await stage().store.readLog(0, 100_000, ['release'])).filter(
          ({ position }) => position <= shown,
        ).length;
        expect(due).toBeLessThanOrEqual(applied);
      }
      expect(await progress.waitUntil(view, await stage().store.settledHead(WAIT_MS), WAIT_MS)).toBe('passed');
      expect(await tallyOf(stage(), view)).toBe((await stage().store.readLog(0, 100_000, ['release'])).length);
    });
  });

  test('an event of a category that the view does not read does not hold it back, and is waited for', async () => {
    const view = { ...tallying(`planning.elsewhere-${(names += 1)}`), categories: ['incident'] };
    await running(stage(), projecting(view), async ({ progress }) => {
      const stream = streamOf();
      const version = await append(stage().store, stream, 'ReleaseHeld');
      expect(await progress.waitFor(view, { stream, version }, WAIT_MS)).toBe('passed');
      expect(await progress.waitUntil(view, await stage().store.settledHead(WAIT_MS), WAIT_MS)).toBe('passed');
    });
  });

  test('who waits for what is not there is told that it is behind', async () => {
    const view = tallying(`planning.waiting-${(names += 1)}`);
    await running(stage(), projecting(view), async ({ progress }) => {
      expect(await progress.waitFor(view, { stream: streamOf(), version: 1 }, 50)).toBe('behind');
      expect(await progress.waitUntil(view, (await stage().store.head()) + 1_000, 50)).toBe('behind');
    });
  });

  test('how far a consumer is behind is seen while it does not run, in positions and in seconds', async () => {
    const view = tallying(`planning.behind-${(names += 1)}`);
    const standings = standingsOf(stage().pool, [{ view, source: stage().source(quick) }]);
    const standing = async () => (await standings.list())[0];
    const stream = streamOf();
    await running(stage(), projecting(view), async ({ progress }) => {
      await append(stage().store, stream, 'ReleaseHeld');
      const head = await stage().store.settledHead(WAIT_MS);
      expect(await progress.waitUntil(view, head, WAIT_MS)).toBe('passed');
    });
    expect(await standing()).toMatchObject({ consumer: view.consumer, lag: 0, lagSeconds: 0, parkedStreams: 0 });
    await append(stage().store, stream, 'ReleaseHeld', 'ReleaseHeld');
    const head = await stage().store.settledHead(WAIT_MS);
    await until(async () => (await standing())?.lag === 2);
    const { lagSeconds = 0, position } = (await standing()) ?? {};
    expect(position).toBe(head - 2);
    expect(lagSeconds).toBeGreaterThan(0);
    await until(async () => ((await standing())?.lagSeconds ?? 0) > lagSeconds);
    await standings.stop();
  });

  test('a consumer that went deaf is started anew', async () => {
    const view = tallying(`planning.deaf-${(names += 1)}`);
    const settings = { ...quick, deafAfterMs: 300 };
    await running(
      stage(),
      projecting(view),
      async ({ transport, progress, errors }) => {
        const stream = streamOf();
        await append(stage().store, stream, 'ReleaseHeld');
        expect(await progress.waitFor(view, { stream, version: 1 }, WAIT_MS)).toBe('passed');
        stage().deafen(transport);
        await append(stage().store, stream, 'ReleaseResumed');
        expect(await progress.waitFor(view, { stream, version: 2 }, WAIT_MS)).toBe('passed');
        await until(() => errors.some(error => String(error).includes('starts anew')));
      },
      settings,
    );
  });
};
