import { projecting } from '../projecting.ts';
import { reacting } from '../reacting.ts';
import { acceptLife } from '../rebuild/accepting.ts';
import { counting } from './counting.process.ts';
import { countingBySet, countsIn } from './counting.view.ts';
import { by, rebuilding } from './rebuilding.ts';
import { append, quick, running, type Stage, streamOf, until } from './stage.ts';

const WAIT_MS = 20_000;

/** A log that came back from a backup and goes on another way: nobody goes on with it before a person says so. */
export const lifeContract = (stage: () => Stage): void => {
  const { rebuilt } = rebuilding(stage);

  test('a view accepts another life of the log by a rebuild', async () => {
    const { view, table } = countingBySet();
    const stream = streamOf();
    await append(stage().store, stream, 'ReleaseHeld');
    await running(stage(), projecting(view), ({ progress }) => progress.waitFor(view, { stream, version: 1 }, WAIT_MS));
    await stage().pool.query(
      "UPDATE watermarks SET incarnation = 'another', position = 1000000000 WHERE consumer = $1",
      [view.consumer],
    );
    await running(stage(), projecting(view), async ({ progress, errors }) => {
      const version = await append(stage().store, stream, 'ReleaseResumed');
      await until(() => errors.some(error => String(error).includes('rebuild it')));
      await rebuilt(view);
      await append(stage().store, stream, 'ReleaseHeld');
      expect(await progress.waitFor(view, { stream, version: version + 1 }, WAIT_MS)).toBe('passed');
    });
    expect((await countsIn(stage(), table))[stream]).toEqual([1, 2, 3]);
  });

  test('a process goes on in another life of the log as it is: nothing is reacted to twice, nothing is left out', async () => {
    const [had, late] = [streamOf(), streamOf()];
    const process = counting('count-reborn', new Set([had, late]));
    const runner = reacting('planning-reborn', [process]);
    const heldIn = async (stream: string): Promise<unknown> =>
      (
        await stage().pool.query<{ held: unknown }>(
          "SELECT (state ->> 'held')::int AS held FROM process_instances WHERE instance = $1 AND process = $2",
          [stream, process.name],
        )
      ).rows[0]?.held;
    await running(stage(), runner, async ({ progress }) => {
      const version = await append(stage().store, had, 'ReleaseHeld', 'ReleaseHeld', 'ReleaseHeld');
      expect(await progress.waitFor(runner, { stream: had, version }, WAIT_MS)).toBe('passed');
    });
    await append(stage().store, late, 'ReleaseHeld');
    await stage().store.settledHead(WAIT_MS);
    await stage().pool.query("UPDATE watermarks SET incarnation = 'another' WHERE consumer = $1", [runner.consumer]);
    expect(await acceptLife(stage().source(quick), runner, by)).toBe(true);
    expect(await acceptLife(stage().source(quick), runner, by)).toBe(false);
    expect([await heldIn(had), await heldIn(late)]).toEqual([3, 1]);
    await running(stage(), runner, async ({ progress }) => {
      const version = await append(stage().store, late, 'ReleaseHeld');
      expect(await progress.waitFor(runner, { stream: late, version }, WAIT_MS)).toBe('passed');
    });
    expect([await heldIn(had), await heldIn(late)]).toEqual([3, 2]);
  });

  test('topics of other names do not make a view forget the life that it was filled from', async () => {
    const { view, table } = countingBySet();
    const stream = streamOf();
    await append(stage().store, stream, 'ReleaseHeld');
    await running(stage(), projecting(view), ({ progress }) => progress.waitFor(view, { stream, version: 1 }, WAIT_MS));
    await stage().pool.query(
      "UPDATE watermarks SET incarnation = 'another', topic = 'before.' || topic WHERE consumer = $1",
      [view.consumer],
    );
    await append(stage().store, stream, 'ReleaseHeld');
    await running(stage(), projecting(view), async ({ errors }) => {
      await until(() => errors.some(error => String(error).includes('rebuild it')));
    });
    expect((await countsIn(stage(), table))[stream]).toEqual([1]);
  });
};
