import fc from 'fast-check';
import { projecting } from '../projecting.ts';
import { append, running, seenBy, type Stage, streamOf, tallying, tallyOf, until } from './stage.ts';

const WAIT_MS = 20_000;
let names = 0;
const fresh = (name: string): string => `planning.${name}-${(names += 1)}`;
const upTo = (version: number): number[] => Array.from({ length: version }, (_, index) => index + 1);

/** Effectively once, in the order of each stream, whatever happens between. */
export const deliveryContract = (stage: () => Stage): void => {
  test('streams in any order: each event once, in the order of its stream', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 30 }), async interleaving => {
        const view = tallying(fresh('shuffled'));
        const streams = Array.from({ length: 6 }, streamOf);
        const versions: Record<string, number> = {};
        await running(stage(), projecting(view), async ({ progress }) => {
          for (const index of interleaving) {
            const stream = streams[index] ?? '';
            versions[stream] = await append(stage().store, stream, 'ReleaseHeld');
          }
          for (const [stream, version] of Object.entries(versions))
            expect(await progress.waitFor(view, { stream, version }, WAIT_MS)).toBe('passed');
        });
        const seen = await seenBy(stage(), view);
        for (const [stream, version] of Object.entries(versions)) expect(seen[stream]).toEqual(upTo(version));
        expect(await tallyOf(stage(), view)).toBe(Object.values(seen).flat().length);
      }),
      { numRuns: 4 },
    );
  });

  test('a restart and a redelivery of everything repeat nothing', async () => {
    const view = tallying(fresh('restarted'));
    const stream = streamOf();
    await append(stage().store, stream, 'ReleaseHeld', 'ReleaseResumed');
    const first = await running(stage(), projecting(view), async ({ progress }) => {
      await progress.waitFor(view, { stream, version: 2 }, WAIT_MS);
      return tallyOf(stage(), view);
    });
    await stage().redeliver(view.consumer);
    await running(stage(), projecting(view), async ({ progress }) => {
      const version = await append(stage().store, stream, 'ReleaseHeld');
      expect(await progress.waitFor(view, { stream, version }, WAIT_MS)).toBe('passed');
    });
    expect((await seenBy(stage(), view))[stream]).toEqual([1, 2, 3]);
    expect(await tallyOf(stage(), view)).toBe(first + 1);
  });

  test('what a handler wrote before it failed is rolled back, and tried again', async () => {
    let failures = 0;
    const stream = streamOf();
    const view = tallying(fresh('flaky'), event => {
      if (event.stream === stream && event.version === 2 && failures++ < 2) throw new Error('not yet');
    });
    await running(stage(), projecting(view), async ({ progress }) => {
      const version = await append(stage().store, stream, 'ReleaseHeld', 'ReleaseResumed', 'ReleaseHeld');
      expect(await progress.waitFor(view, { stream, version }, WAIT_MS)).toBe('passed');
    });
    expect(failures).toBeGreaterThanOrEqual(2);
    expect((await seenBy(stage(), view))[stream]).toEqual([1, 2, 3]);
  });

  test('a connection cut between the effect and the commit loses nothing and repeats nothing', async () => {
    let cuts = 0;
    const stream = streamOf();
    const view = tallying(fresh('cut'), async event => {
      if (event.stream === stream && cuts++ < 3) await stage().cutConnections();
    });
    await running(stage(), projecting(view), async ({ progress }) => {
      const version = await append(stage().store, stream, 'ReleaseHeld', 'ReleaseResumed').catch(() => 2);
      await until(() =>
        progress.waitFor(view, { stream, version }, WAIT_MS).then(
          passed => passed === 'passed',
          () => false,
        ),
      );
    });
    expect(cuts).toBeGreaterThan(3);
    expect((await seenBy(stage(), view))[stream]).toEqual([1, 2]);
  });

  test('two instances of one consumer share the work', async () => {
    const view = tallying(fresh('twice'));
    const streams = Array.from({ length: 8 }, streamOf);
    await running(stage(), projecting(view), ({ progress }) =>
      running(stage(), projecting(view), async () => {
        for (const stream of [...streams, ...streams]) await append(stage().store, stream, 'ReleaseHeld');
        for (const stream of streams)
          expect(await progress.waitFor(view, { stream, version: 2 }, WAIT_MS)).toBe('passed');
      }),
    );
    const seen = await seenBy(stage(), view);
    for (const stream of streams) expect(seen[stream]).toEqual([1, 2]);
  });

  test('a type that is known and not handled is passed', async () => {
    const { otherwise, ...rest } = tallying(fresh('picky'));
    const picky = { ...rest, handlers: { ...(otherwise && { ReleaseHeld: otherwise }) } };
    await running(stage(), projecting(picky), async ({ progress }) => {
      const stream = streamOf();
      const version = await append(stage().store, stream, 'ReleaseHeld', 'ReleaseResumed');
      expect(await progress.waitFor(picky, { stream, version }, WAIT_MS)).toBe('passed');
      expect((await seenBy(stage(), picky))[stream]).toEqual([1]);
    });
  });

  test('another life of the log stops the consumer before it has any effect', async () => {
    const view = tallying(fresh('reborn'));
    const stream = streamOf();
    const version = await append(stage().store, stream, 'ReleaseHeld');
    await running(stage(), projecting(view), ({ progress }) => progress.waitFor(view, { stream, version }, WAIT_MS));
    await stage().pool.query("UPDATE watermarks SET incarnation = 'another' WHERE consumer = $1", [view.consumer]);
    await append(stage().store, stream, 'ReleaseResumed');
    await running(stage(), projecting(view), async ({ errors }) => {
      await until(() => errors.length > 0);
      expect(String(errors[0])).toContain('rebuild it');
    });
    expect((await seenBy(stage(), view))[stream]).toEqual([1]);
  });
};
