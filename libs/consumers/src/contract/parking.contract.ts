import { parkingOf } from '../parking.ts';
import { projecting } from '../projecting.ts';
import type { Subscription } from '../subscription.ts';
import { defaults } from '../source.ts';
import { append, quick, running, seenBy, type Stage, streamOf, tallying, until } from './stage.ts';

const WAIT_MS = 20_000;
const by = { actor: 'person-00000000-0000-4000-8000-000000000001', reason: 'mended' };
let names = 0;

/** An event that cannot be handled holds up its own stream and nothing else, until a person decides. */
export const parkingContract = (stage: () => Stage): void => {
  const poisoned = () => {
    const state = { broken: true, stream: streamOf(), other: streamOf() };
    const view = tallying(`planning.poisoned-${(names += 1)}`, event => {
      if (state.broken && event.stream === state.stream && event.version === 2) throw new RangeError('secret payload');
    });
    const subscription = projecting(view);
    const parking = parkingOf(stage().source(quick), [subscription]);
    const parked = async () =>
      (await parking.parked()).map(({ stream, cause, positions }) => [stream, cause, positions.length]);
    const play = () =>
      running(stage(), subscription, async ({ progress }) => {
        await append(stage().store, state.stream, 'ReleaseHeld', 'ReleaseResumed', 'ReleaseHeld');
        const version = await append(stage().store, state.other, 'ReleaseHeld', 'ReleaseResumed', 'ReleaseHeld');
        expect(await progress.waitFor(view, { stream: state.other, version }, WAIT_MS)).toBe('passed');
        await until(async () => (await parked())[0]?.[2] === 2);
        expect(await progress.waitFor(view, { stream: state.stream, version: 3 }, WAIT_MS)).toBe('parked');
        expect(await progress.waitUntil(view, await stage().store.head(), WAIT_MS)).toBe('parked');
      });
    return { state, view, subscription, parking, parked, play };
  };

  test('the stream waits with its later events, the others go on; the error is kept without the payload', async () => {
    const { state, view, parking, parked, play } = poisoned();
    await play();
    expect(await parked()).toEqual([[state.stream, 'failed', 2]]);
    expect(await parking.parked()).toMatchObject([
      { consumer: view.consumer, attempts: 3, error: expect.stringMatching(/^RangeError at .*\.ts:/) },
    ]);
    expect((await seenBy(stage(), view))[state.stream]).toEqual([1]);
    expect((await seenBy(stage(), view))[state.other]).toEqual([1, 2, 3]);
  });

  test('with the settings of a service, other streams wait for it less than a second', async () => {
    const { state, view, subscription, parked } = poisoned();
    await running(
      stage(),
      subscription,
      async ({ progress }) => {
        const ready = await append(stage().store, state.other, 'ReleaseHeld');
        expect(await progress.waitFor(view, { stream: state.other, version: ready }, WAIT_MS)).toBe('passed');
        await append(stage().store, state.stream, 'ReleaseHeld', 'ReleaseResumed');
        const version = await append(stage().store, state.other, 'ReleaseHeld');
        expect(await progress.waitFor(view, { stream: state.other, version }, 1_000)).toBe('passed');
        await until(async () => (await parked()).length === 1);
      },
      defaults,
    );
  });

  test('a replay before it is mended fails again, after that it goes through in order, and both are on record', async () => {
    const { state, view, parking, parked, play } = poisoned();
    await play();
    expect(await parking.replay(view.consumer, state.stream, by)).toEqual({ replayed: 0, waiting: 2 });
    state.broken = false;
    expect(await parking.replay(view.consumer, state.stream, by)).toEqual({ replayed: 2, waiting: 0 });
    expect(await parked()).toEqual([]);
    expect((await seenBy(stage(), view))[state.stream]).toEqual([1, 2, 3]);
    const { rows } = await stage().pool.query('SELECT stream, actor, reason, at FROM replays WHERE consumer = $1', [
      view.consumer,
    ]);
    expect(rows).toEqual([1, 2].map(() => ({ stream: state.stream, ...by, at: expect.any(Date) })));
  });

  test('a skip leaves one event out for ever; the rest goes through', async () => {
    const { state, view, parking, parked, play } = poisoned();
    await play();
    const [first] = (await parking.parked())[0]?.positions ?? [];
    expect(await parking.skip(view.consumer, first ?? 0, by)).toBe(true);
    expect(await parking.skip(view.consumer, first ?? 0, by)).toBe(false);
    expect(await parking.replay(view.consumer, state.stream, by)).toEqual({ replayed: 1, waiting: 0 });
    expect(await parked()).toEqual([]);
    expect((await seenBy(stage(), view))[state.stream]).toEqual([1, 3]);
    const { rows } = await stage().pool.query('SELECT position, stream, actor, reason FROM skips WHERE consumer = $1', [
      view.consumer,
    ]);
    expect(rows).toEqual([{ position: String(first), stream: state.stream, ...by }]);
  });

  test('a stream that is replayed while events come in goes on in order', async () => {
    const { state, view, subscription, parking, parked, play } = poisoned();
    await play();
    state.broken = false;
    await running(stage(), subscription, async ({ progress }) => {
      const types = Array.from({ length: 20 }, () => 'ReleaseResumed');
      const [version] = await Promise.all([
        append(stage().store, state.stream, ...types),
        until(async () => (await parking.replay(view.consumer, state.stream, by)).waiting === 0),
      ]);
      await until(async () => {
        if ((await parked()).length > 0) await parking.replay(view.consumer, state.stream, by);
        return (await progress.waitFor(view, { stream: state.stream, version }, WAIT_MS)) === 'passed';
      });
    });
    expect((await seenBy(stage(), view))[state.stream]).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
  });

  test('a type that this build does not know parks its stream, and goes through by itself once a build knows it', async () => {
    const view = tallying(`planning.older-${(names += 1)}`);
    const knows = (type: string): boolean => type !== 'ReleaseWithdrawn' && type !== 'dev.slipway.release-withdrawn.v1';
    const older: Subscription = { ...projecting(view), knows };
    const stream = streamOf();
    const version = await append(stage().store, stream, 'ReleaseHeld', 'ReleaseWithdrawn', 'ReleaseHeld');
    await running(stage(), older, async ({ progress }) => {
      await until(async () => (await progress.waitFor(view, { stream, version }, WAIT_MS)) === 'parked');
    });
    expect((await seenBy(stage(), view))[stream]).toEqual([1]);
    await running(stage(), projecting(view), async ({ progress }) => {
      await until(async () => (await progress.waitFor(view, { stream, version }, WAIT_MS)) === 'passed');
    });
    expect((await seenBy(stage(), view))[stream]).toEqual([1, 2, 3]);
    const { rows } = await stage().pool.query('SELECT actor FROM replays WHERE stream = $1', [stream]);
    expect(rows).toEqual([{ actor: `process-${view.consumer}` }]);
  });
};
