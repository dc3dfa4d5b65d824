import fc from 'fast-check';
import { parkingOf } from '../parking.ts';
import { projecting } from '../projecting.ts';
import type { Delivery, Projection } from '../subscription.ts';
import { type Before, countingByHandler, countingBySet, countsIn } from './counting.view.ts';
import { by, rebuilding } from './rebuilding.ts';
import { append, quick, running, type Stage, streamOf, until } from './stage.ts';

const WAIT_MS = 20_000;

/** A view that is filled anew beside the one that is read, and takes its place. */
export const rebuildContract = (stage: () => Stage): void => {
  const { rebuilderOf, progressOf, ended, rebuilt } = rebuilding(stage);
  const inTheLog = async (): Promise<Record<string, number[]>> => {
    await stage().store.settledHead(WAIT_MS);
    const versions: Record<string, number[]> = {};
    for (const { stream, version } of await stage().store.readLog(0, 100_000, ['release']))
      (versions[stream] ??= []).push(version);
    return versions;
  };
  const caughtUp = async (view: Projection): Promise<void> => {
    const head = await stage().store.settledHead(WAIT_MS);
    await running(stage(), projecting(view), ({ progress }) =>
      until(async () => (await progress.position(view)) >= head),
    );
  };

  describe.each([
    ['as sets', countingBySet],
    ['event by event', countingByHandler],
  ] as const)('a view that is written %s', (_how, counting) => {
    test('is the same after a rebuild, whatever was parked, mended, or skipped', async () => {
      const broken = new Set<string>();
      const { view, table } = counting(events => {
        if (events.some(({ stream, version }) => broken.has(`${stream} ${version}`)))
          throw new Error('cannot do this one');
      });
      const parking = parkingOf(stage().source(quick), [projecting(view)]);
      const own = async () =>
        (await parking.parked()).map(({ stream, cause, positions }) => ({ stream, cause, positions }));
      const fate = fc.constantFrom('well', 'well', 'mended', 'skipped', 'parked');
      const drawn = fc.array(fc.record({ length: fc.integer({ min: 1, max: 6 }), at: fc.nat(5), fate }), {
        minLength: 1,
        maxLength: 5,
      });
      await fc.assert(
        fc.asyncProperty(drawn, async all => {
          const streams = all.map(each => ({ ...each, stream: streamOf(), bad: (each.at % each.length) + 1 }));
          for (const { stream, bad, fate: how } of streams) if (how !== 'well') broken.add(`${stream} ${bad}`);
          for (const { stream, length } of streams)
            await append(stage().store, stream, ...Array.from({ length }, () => 'ReleaseHeld'));
          await caughtUp(view);
          for (const { stream, bad, fate: how } of streams) {
            if (how === 'well' || how === 'parked') continue;
            if (how === 'mended') broken.delete(`${stream} ${bad}`);
            const [position = 0] = (await parking.parked()).find(each => each.stream === stream)?.positions ?? [];
            if (how === 'skipped') expect(await parking.skip(view.consumer, position, by)).toBe(true);
            await parking.replay(view.consumer, stream, by);
          }
          const before = await countsIn(stage(), table);
          const parkedBefore = await own();
          await rebuilt(view);
          expect(await countsIn(stage(), table)).toEqual(before);
          expect(await own()).toEqual(expect.arrayContaining(parkedBefore));
          expect(await own()).toHaveLength(parkedBefore.length);
          for (const { stream, length, bad, fate: how } of streams)
            expect(before[stream] ?? []).toEqual(
              Array.from({ length }, (_, index) => index + 1).filter(
                version => (how !== 'skipped' || version !== bad) && (how !== 'parked' || version < bad),
              ),
            );
        }),
        { numRuns: 3 },
      );
    });

    test('is rebuilt while it is read and events come in: nothing is lost, nothing is there twice', async () => {
      const { view, table } = counting();
      const streams = Array.from({ length: 5 }, streamOf);
      await running(stage(), projecting(view), async ({ progress }) => {
        const rebuilder = rebuilderOf(view);
        for (let round = 0; round < 3; round += 1) {
          await rebuilder.ask(view.consumer, by);
          const rebuilding = ended(view);
          for (const stream of [...streams, ...streams]) await append(stage().store, stream, 'ReleaseHeld');
          await rebuilding;
          for (const stream of streams) await append(stage().store, stream, 'ReleaseHeld');
        }
        await rebuilder.stop();
        expect(await progress.waitUntil(view, await stage().store.settledHead(WAIT_MS), WAIT_MS)).toBe('passed');
      });
      expect(await countsIn(stage(), table)).toEqual(await inTheLog());
    });
  });

  /** A view whose rebuild stands still at an event of this stream, until it is let go. */
  const gated = () => {
    const stream = streamOf();
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const state = { isShut: false };
    const before: Before = async (events: readonly Delivery[]) => {
      if (!state.isShut || !events.some(event => event.stream === stream)) return;
      reached.resolve();
      await gate.promise;
    };
    return { ...countingBySet(before), stream, state, reached: reached.promise, open: () => gate.resolve() };
  };

  test('the old version stays readable, and whoever reads sees the new one from the switch on', async () => {
    const { view, table, stream, state, reached, open } = gated();
    await append(stage().store, stream, 'ReleaseHeld', 'ReleaseHeld');
    await caughtUp(view);
    await stage().pool.query(`UPDATE ${table} SET versions = '{7}' WHERE stream = $1`, [stream]); // the view is wrong
    const reader = await stage().pool.connect();
    const read = async (): Promise<unknown> =>
      (
        await reader.query({
          name: 'prepared',
          text: `SELECT versions FROM ${table} WHERE stream = $1`,
          values: [stream],
        })
      ).rows[0];
    for (let times = 0; times < 6; times += 1) expect(await read()).toEqual({ versions: [7] }); // its plan is kept, too
    state.isShut = true;
    const rebuilder = rebuilderOf(view);
    await rebuilder.ask(view.consumer, by);
    await reached;
    expect(await read()).toEqual({ versions: [7] });
    expect(await rebuilder.ask(view.consumer, by)).toBe(false);
    expect(await progressOf(view)).toMatchObject({ status: 'running', endedAt: null });
    open();
    await ended(view);
    expect(await read()).toEqual({ versions: [1, 2] });
    reader.release();
    await rebuilder.stop();
    const { rows } = await stage().pool.query(
      `SELECT indexname, (SELECT reloptions FROM pg_class WHERE oid = 'planning.${table}'::regclass) AS options
       FROM pg_indexes WHERE schemaname = 'planning' AND tablename = $1 ORDER BY indexname`,
      [table],
    );
    expect(rows).toEqual(
      [`${table}_by_count`, `${table}_pkey`].map(indexname => ({ indexname, options: ['fillfactor=90'] })),
    );
  });

  test('killed in the middle it goes on where it was, and whoever was thought dead does no harm', async () => {
    const { view, table, stream, state, reached, open } = gated();
    for (let round = 0; round < 40; round += 1)
      await append(stage().store, streamOf(), 'ReleaseHeld', 'ReleaseResumed');
    await append(stage().store, stream, 'ReleaseHeld', 'ReleaseHeld', 'ReleaseHeld');
    const log = await inTheLog();
    state.isShut = true;
    const killed = rebuilderOf(view, [], { ...quick, batchSize: 32 });
    await killed.ask(view.consumer, by);
    await reached;
    const { position } = (await progressOf(view)) ?? { position: 0 };
    expect(position).toBeGreaterThan(0);
    await stage().cutConnections();
    state.isShut = false;
    const next = rebuilderOf(view);
    await ended(view);
    expect(await progressOf(view)).toMatchObject({ status: 'done', actor: by.actor });
    open();
    await Promise.all([killed.stop(), next.stop()]);
    expect(await countsIn(stage(), table)).toEqual(log);
  });

  test('canceled it leaves everything as it is, and nothing behind', async () => {
    const { view, table, stream, state, reached, open } = gated();
    await append(stage().store, stream, 'ReleaseHeld');
    await caughtUp(view);
    const before = await countsIn(stage(), table);
    state.isShut = true;
    const rebuilder = rebuilderOf(view);
    await rebuilder.ask(view.consumer, by);
    await reached;
    expect(await rebuilder.cancel(view.consumer, by)).toBe(true);
    open();
    await ended(view);
    await rebuilder.stop();
    expect(await progressOf(view)).toMatchObject({ status: 'canceled' });
    expect(await countsIn(stage(), table)).toEqual(before);
    const left = await stage().pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'planning_rebuild'");
    expect(left.rows).toEqual([]);
    expect(await rebuilder.cancel(view.consumer, by)).toBe(false);
  });

  test('what is skipped while it runs is left out of the new version too', async () => {
    const { view, table, stream, state, reached, open } = gated();
    const parking = parkingOf(stage().source(quick), [projecting(view)]);
    await append(stage().store, stream, 'ReleaseHeld');
    await caughtUp(view);
    const [event] = (await stage().store.readLog(0, 100_000, ['release'])).filter(each => each.stream === stream);
    const park = `INSERT INTO parked_streams (consumer, stream, cause, error, attempts) VALUES ($1, $2, 'failed', 'x', 1)`;
    await stage().pool.query(park, [view.consumer, stream]);
    await stage().pool.query('INSERT INTO parked_events VALUES ($1, $2, $3)', [view.consumer, stream, event?.position]);
    state.isShut = true;
    const rebuilder = rebuilderOf(view);
    await rebuilder.ask(view.consumer, by);
    await reached;
    expect(await parking.skip(view.consumer, event?.position ?? 0, by)).toBe(true);
    state.isShut = false;
    open();
    await ended(view);
    await rebuilder.stop();
    expect((await countsIn(stage(), table))[stream]).toBeUndefined();
  });

  test.each([
    'CREATE TABLE planning.more_v1 (id text)',
    'CREATE TABLE planning_rebuild.more_v1 (id text)',
    'DROP TABLE planning.tallies',
    "SELECT store.copy_for_rebuild('planning.tallies', 'audit_rebuild', true)",
  ])('a service has no more rights by it: %s', async statement => {
    await expect(stage().pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('tables that are not there: it fails, says so, and what comes after it goes on', async () => {
    const { view } = countingBySet();
    const errors: unknown[] = [];
    const wrong = { ...view, consumer: `${view.consumer}-wrong`, tables: ['nowhere_v1'] };
    const rebuilder = rebuilderOf(wrong, errors);
    await rebuilder.ask(wrong.consumer, by);
    await ended(wrong);
    await rebuilder.stop();
    expect(await progressOf(wrong)).toMatchObject({ status: 'failed', error: expect.stringContaining('42P01') });
    expect(errors.length).toBeGreaterThan(0);
  });
};
