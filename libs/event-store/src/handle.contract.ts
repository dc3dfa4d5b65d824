import { type Decider, type Message, stampOf } from '@slipway/event-sourcing';
import { fresh } from './contract-samples.ts';
import type { EventStore } from './event-store.ts';
import { type Done, handle, type Outcome, type Request } from './handle.ts';

type Count = Message<'Count', { by: number }>;
type Counted = Message<'Counted', { by: number }>;

/** Counts up to 1000; counting nothing has no effect. */
const counting: Decider<Count, Counted, number, 'too-much'> = {
  initialState: 0,
  decide: ({ data, stamp }, total) => {
    if (data.by === 0) return [];
    if (total + data.by > 1_000) return { rejected: 'too-much', reason: 'Beyond 1000.' };
    return [{ type: 'Counted', data: { ...data, ...stamp } }];
  },
  evolve: (total, { data }) => total + data.by,
};

const DECIDER = counting as unknown as Request['home']['decider'];

/** A request to count; the key alone makes it the same. */
export const count = (stream: string, key: string, by = 1, more: Partial<Request> = {}): Request => ({
  home: {
    stream,
    command: { type: 'Count', data: { by }, stamp: stampOf('person-1') } as Request['home']['command'],
    decider: DECIDER,
  },
  key,
  request: `${by}`,
  correlationId: 'correlation',
  ...more,
});

export const total = async (store: EventStore, stream: string): Promise<number> =>
  (await store.read<Counted>(stream)).events.reduce((sum, { data }) => sum + data.by, 0);

const done = (outcome: Outcome): Done => {
  if ('rejected' in outcome) throw new Error(`rejected: ${outcome.rejected}`);
  return outcome;
};

/** What `handle` does on any store. */
export const handleContract = (theStore: () => EventStore): void => {
  let store: EventStore;
  beforeEach(() => {
    store = theStore();
  });

  test('appends what was decided, under its key', async () => {
    const stream = fresh();
    expect(await handle(store, count(stream, 'k', 3, { causationId: 'cause' }))).toMatchObject({
      stream,
      version: 1,
      replayed: false,
    });
    const { events } = await store.read(stream);
    expect(events).toMatchObject([
      { type: 'Counted', version: 1, key: 'k', request: '3', correlationId: 'correlation', causationId: 'cause' },
    ]);
  });

  test('gives the first answer again to the same key, although the record went on', async () => {
    const stream = fresh();
    const first = done(await handle(store, count(stream, 'k', 3)));
    await handle(store, count(stream, 'other', 4));
    expect(await handle(store, count(stream, 'k', 3))).toEqual({ ...first, replayed: true });
    expect(await total(store, stream)).toBe(7);
  });

  test('refuses the same key with another request', async () => {
    const stream = fresh();
    await handle(store, count(stream, 'k', 3));
    expect(await handle(store, count(stream, 'k', 4))).toMatchObject({ rejected: 'idempotency-key-reused' });
  });

  test('lets many equal requests at once have one effect and one answer', async () => {
    const stream = fresh();
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => handle(store, count(stream, 'k', 3))));
    expect(outcomes.filter(outcome => !done(outcome).replayed)).toHaveLength(1);
    expect(new Set(outcomes.map(outcome => JSON.stringify({ ...outcome, replayed: true }))).size).toBe(1);
    expect(await total(store, stream)).toBe(3);
  });

  test('decides a lost race again on what is there now', async () => {
    const stream = fresh();
    const outcomes = await Promise.all([4, 5].map(nth => handle(store, count(stream, `k${nth}`, 100 * nth))));
    expect(new Set(outcomes.map(outcome => done(outcome).version))).toEqual(new Set([1, 2]));
    const last = await Promise.all([6, 7].map(nth => handle(store, count(stream, `k${nth}`, 50))));
    expect(last.filter(outcome => !('rejected' in outcome))).toHaveLength(2);
    expect(await total(store, stream)).toBe(1_000);
    expect(await handle(store, count(stream, 'k8', 1))).toMatchObject({ rejected: 'too-much' });
  });

  test('leaves nothing behind of what was rejected or had no effect', async () => {
    const stream = fresh();
    expect(await handle(store, count(stream, 'a', 2_000))).toMatchObject({ rejected: 'too-much' });
    expect(await handle(store, count(stream, 'b', 0))).toEqual({ stream, version: 0, events: [], replayed: false });
    expect(await store.read(stream)).toEqual({ events: [], version: 0 });
  });

  test('refuses a version that the client did not see', async () => {
    const stream = fresh();
    await handle(store, count(stream, 'a'));
    await handle(store, count(stream, 'b'));
    expect(await handle(store, count(stream, 'c', 1, { expected: 1 }))).toMatchObject({ rejected: 'stale-version' });
    expect(done(await handle(store, count(stream, 'c', 1, { expected: 2 }))).version).toBe(3);
  });

  test('appends to several streams together, or to none', async () => {
    const [home, other] = [fresh(), fresh()];
    const others = [count(other, '', 600).home];
    expect(done(await handle(store, count(home, 'a', 1, { others }))).version).toBe(1);
    expect(await handle(store, count(home, 'b', 1, { others }))).toMatchObject({ rejected: 'too-much' });
    expect([await total(store, home), await total(store, other)]).toEqual([1, 600]);
  });

  test('gives up on a check that never holds', async () => {
    const checks = [{ stream: fresh(), expect: 'stream-exists' as const }];
    expect(await handle(store, count(fresh(), 'a', 1, { checks }))).toMatchObject({ rejected: 'contention' });
  });

  test('numbers a record that people talk about, before its first event', async () => {
    const stream = fresh('change');
    await handle(store, count(stream, 'a'));
    const number = (await store.numbersOf([stream])).get(stream) ?? '';
    expect(number).toMatch(/^CHG-\d+$/);
    await handle(store, count(stream, 'b'));
    expect(await store.numbered(number)).toBe(stream);
  });
};
