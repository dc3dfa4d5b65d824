import { stampOf } from '@slipway/event-sourcing';
import { handle, InMemoryEventStore, VersionConflict } from '@slipway/event-store';
import { type CarriedOut, startDispatcher } from '../dispatcher.ts';
import { type DueInstruction, instructionKey } from '../instructions.ts';
import { reacting } from '../reacting.ts';
import type { AnyProcess } from '../subscription.ts';
import { counting } from './counting.process.ts';
import { append, running, type Stage, streamOf, until } from './stage.ts';

const WAIT_MS = 20_000;
let names = 0;

type Row = { key: string; name: string; status: string; code: string | null; attempts: number };

/** Processes as one consumer, and what they ask for carried out at least once under its key. */
export const processesContract = (stage: () => Stage): void => {
  const play = async (
    script: (on: Played) => Promise<void>,
    answer: (due: DueInstruction) => Promise<CarriedOut> = done,
  ): Promise<void> => {
    names += 1;
    const service = `planning-${names}`;
    const own = new Set<string>();
    const process = counting(`count-holds-${names}`, own);
    const runner = reacting(service, [process]);
    const clock = { now: new Date('2026-03-02T09:00:00Z') };
    const carriedOut: DueInstruction[] = [];
    const carryOut = (due: DueInstruction): Promise<CarriedOut> => {
      carriedOut.push(due);
      return answer(due);
    };
    const rows = async (): Promise<Row[]> =>
      (await stage().pool.query<Row>('SELECT * FROM instructions WHERE process = $1 ORDER BY seq', [process.name]))
        .rows;
    const dispatcher = startDispatcher({
      service,
      pool: stage().pool,
      processes: runner,
      carryOut,
      clock: () => Promise.resolve(clock.now),
    });
    try {
      await running(stage(), runner, async ({ progress }) => {
        const passed = async (stream: string, version: number): Promise<void> => {
          expect(await progress.waitFor(runner, { stream, version }, WAIT_MS)).toBe('passed');
        };
        await script({
          process: process.name,
          release: () => released(own),
          clock,
          carriedOut,
          rows,
          passed,
          wake: dispatcher.wake,
        });
      });
    } finally {
      await dispatcher.stop();
    }
  };

  test('an instruction is written with the state and carried out with its context', async () => {
    await play(async ({ process, release, carriedOut, rows, passed }) => {
      const stream = release();
      await passed(stream, await append(stage().store, stream, 'ReleaseHeld', 'ReleaseHeld', 'ReleaseHeld'));
      await until(async () => (await rows())[0]?.status === 'done');
      const { events } = await stage().store.read(stream);
      const causationId = events[1]?.id ?? '';
      expect(carriedOut).toEqual([
        {
          key: instructionKey(process, causationId, 'CloseRelease', stream),
          process,
          command: { type: 'CloseRelease', data: { held: 2 } },
          to: stream,
          causationId,
          cause: { stream, version: 2 },
          correlationId: 'correlation',
          traceparent: expect.stringMatching(new RegExp(`^00-${'a'.repeat(32)}-`)),
          occurredAt: '2026-03-02T09:00:00Z',
          actor: 'person-00000000-0000-4000-8000-000000000000',
        },
      ]);
      const states = await stage().pool.query(
        'SELECT instance, state FROM process_instances WHERE process = $1 AND instance = $2',
        [process, stream],
      );
      expect(states.rows).toEqual([{ instance: stream, state: { held: 3 } }]);
    });
  });

  test('a rejection is a recorded outcome and is not tried again; what throws is', async () => {
    let failures = 0;
    const answer = (due: DueInstruction): Promise<CarriedOut> => {
      if (failures++ === 0) return Promise.reject(new Error('away'));
      return Promise.resolve({ rejected: 'not-in-this-state', reason: `${due.to} is closed` });
    };
    await play(async ({ release, carriedOut, rows }) => {
      await append(stage().store, release(), 'ReleaseHeld', 'ReleaseHeld');
      await until(async () => (await rows())[0]?.status === 'rejected');
      expect(await rows()).toMatchObject([{ status: 'rejected', code: 'not-in-this-state', attempts: 2 }]);
      expect(new Set(carriedOut.map(({ key }) => key)).size).toBe(1);
    }, answer);
  });

  test('a version conflict reloads, and the same key has effect once', async () => {
    const store = new Contended();
    const decider = {
      initialState: 0,
      evolve: (count: unknown) => Number(count) + 1,
      decide: () => [{ type: 'ReleaseClosed', data: {} }],
    };
    const answer = async (due: DueInstruction): Promise<CarriedOut> => {
      const command = { ...due.command, stamp: stampOf('process-test') };
      const request = {
        key: due.key,
        request: due.key,
        correlationId: due.correlationId,
        home: { stream: due.to, command, decider },
      };
      for (let times = 0; times < 2; times += 1) await handle(store, request);
      return done();
    };
    await play(async ({ release, rows }) => {
      const stream = release();
      await append(stage().store, stream, 'ReleaseHeld', 'ReleaseHeld');
      await until(async () => (await rows())[0]?.status === 'done');
      expect((await store.read(stream)).events.map(({ type }) => type)).toEqual(['ReleaseHeld', 'ReleaseClosed']);
    }, answer);
  });

  test('a timer fires when its moment has come by the given clock, late too, and not before', async () => {
    await play(async ({ release, clock, carriedOut, rows, passed, wake }) => {
      const [soon, late] = [release(), release()];
      await append(stage().store, soon, ['ReleaseResumed', { due: '2026-03-02T10:00:00Z' }]);
      await append(stage().store, late, ['ReleaseResumed', { due: '2026-03-02T12:00:00Z' }]);
      await passed(late, 1);
      await passed(soon, 1);
      expect((await rows()).map(({ status }) => status)).toEqual(['pending', 'pending']);
      clock.now = new Date('2026-03-02T10:30:00Z');
      wake();
      await until(() => carriedOut.length === 1);
      expect(carriedOut.map(({ to }) => to)).toEqual([soon]);
      clock.now = new Date('2026-03-09T00:00:00Z');
      wake();
      await until(() => carriedOut.length === 2);
      expect(carriedOut.map(({ to }) => to)).toEqual([soon, late]);
    });
  });

  test('a second schedule replaces the first, and a canceled timer does not fire', async () => {
    await play(async ({ release, clock, carriedOut, rows, passed, wake }) => {
      const [moved, canceled] = [release(), release()];
      const at = (hour: number): [string, object] => ['ReleaseResumed', { due: `2026-03-02T${hour}:00:00Z` }];
      await passed(moved, await append(stage().store, moved, at(10), at(14)));
      await passed(canceled, await append(stage().store, canceled, at(10), 'ReleaseCanceled'));
      clock.now = new Date('2026-03-02T12:00:00Z');
      wake();
      clock.now = new Date('2026-03-02T15:00:00Z');
      wake();
      await until(() => carriedOut.length > 0);
      await until(async () => (await rows()).every(({ status }) => status !== 'pending'));
      expect(carriedOut.map(({ to, cause }) => [to, cause.version])).toEqual([[moved, 2]]);
      expect((await rows()).map(({ status }) => status).sort()).toEqual(['canceled', 'canceled', 'done']);
    });
  });

  test('what is not carried out yet when the process dies is carried out by the next', async () => {
    const stream = streamOf();
    const runner = reacting(`planning-${(names += 1)}`, [counting('count-holds-alone', new Set([stream]))]);
    await running(stage(), runner, async ({ progress }) => {
      const version = await append(stage().store, stream, 'ReleaseHeld', 'ReleaseHeld');
      expect(await progress.waitFor(runner, { stream, version }, WAIT_MS)).toBe('passed');
    });
    const keys: string[] = [];
    const carryOut = ({ key, to }: DueInstruction): Promise<CarriedOut> => {
      if (to === stream) keys.push(key);
      return done();
    };
    const [first, second] = [1, 2].map(() =>
      startDispatcher({ service: 'planning-next', pool: stage().pool, carryOut }),
    );
    await until(() => keys.length > 0);
    await Promise.all([first?.stop(), second?.stop()]);
    expect(keys).toHaveLength(1);
  });

  test('what two processes want of one target is carried out in order, though the first has to be tried again', async () => {
    const own = new Set<string>();
    const service = `planning-two-${(names += 1)}`;
    const runner = reacting(service, [
      wanting(`begin-${names}`, 'ReleaseHeld', own),
      wanting(`end-${names}`, 'ReleaseResumed', own),
    ]);
    const tried: string[] = [];
    const carryOut = ({ command }: DueInstruction): Promise<CarriedOut> =>
      tried.push(command.type) === 1 ? Promise.reject(new Error('away')) : done();
    const dispatcher = startDispatcher({ service, pool: stage().pool, processes: runner, carryOut });
    await running(stage(), runner, async () => {
      await append(stage().store, released(own), 'ReleaseHeld', 'ReleaseResumed');
      await until(() => tried.length === 3);
    });
    await dispatcher.stop();
    expect(tried).toEqual(['After ReleaseHeld', 'After ReleaseHeld', 'After ReleaseResumed']);
  });
};

const wanting = (name: string, type: string, own: ReadonlySet<string>): AnyProcess => ({
  name,
  events: [type],
  instance: ({ stream }) => (own.has(stream) ? stream : undefined),
  initialState: {},
  evolve: state => state,
  react: ({ stream }) => [{ send: { type: `After ${type}`, data: {} }, to: stream }],
});

type Played = Readonly<{
  process: string;
  /** A stream of this test's own. */
  release: () => string;
  clock: { now: Date };
  carriedOut: readonly DueInstruction[];
  rows: () => Promise<Row[]>;
  passed: (stream: string, version: number) => Promise<void>;
  wake: () => void;
}>;

const released = (own: Set<string>): string => {
  const stream = streamOf();
  own.add(stream);
  return stream;
};

const done = (): Promise<CarriedOut> => Promise.resolve({ done: true });

/** Somebody else writes between the load and the append, once. */
class Contended extends InMemoryEventStore {
  private conflicted = false;

  override append(
    ...[appends, checks]: Parameters<InMemoryEventStore['append']>
  ): ReturnType<InMemoryEventStore['append']> {
    const [first] = appends;
    if (this.conflicted || !first) return super.append(appends, checks);
    this.conflicted = true;
    return append(this, first.stream, 'ReleaseHeld').then(() => Promise.reject(new VersionConflict(first.stream)));
  }
}
