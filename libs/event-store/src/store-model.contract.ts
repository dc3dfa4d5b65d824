import fc from 'fast-check';
import { event, fresh } from './contract-samples.ts';
import { type EventStore, type Expectation, type StreamAppend, VersionConflict } from './event-store.ts';
import { meets } from './expectations.ts';

type Call = Readonly<{
  appends: readonly Readonly<{ nth: number; expect: Expectation; events: number }>[];
  checks: readonly Readonly<{ nth: number; expect: Expectation }>[];
}>;

const STREAMS = 4;

const nth = fc.nat(STREAMS - 1);
// Mostly versions that the streams get to, so that calls go through and fail about equally often.
const expectation: fc.Arbitrary<Expectation> = fc.oneof(
  fc.constantFrom<Expectation>('any', 'no-stream', 'stream-exists'),
  fc.integer({ min: 0, max: 6 }),
);
const call: fc.Arbitrary<Call> = fc.record({
  appends: fc.uniqueArray(fc.record({ nth, expect: expectation, events: fc.nat(3) }), {
    selector: append => append.nth,
    maxLength: STREAMS,
  }),
  checks: fc.array(fc.record({ nth, expect: expectation }), { maxLength: 2 }),
});

/** Against a model of a few lines: what goes through, what is refused, and what all streams and the log then hold. */
export const storeModelContract = (theStore: () => EventStore): void => {
  test('does what a list for each stream does, whatever the calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 12 }), async calls => {
        const store = theStore();
        const before = await store.settledHead(5_000);
        const streams = Array.from({ length: STREAMS }, () => fresh());
        const model = streams.map((): string[] => []);
        for (const each of calls) await callBoth(store, streams, model, each);
        for (const [index, stream] of streams.entries())
          expect((await store.read(stream)).events.map(({ id }) => id)).toEqual(model[index]);
        await expectLog(store, before, streams, model);
      }),
      { numRuns: 60 },
    );
  });
};

const callBoth = async (
  store: EventStore,
  streams: readonly string[],
  model: string[][],
  { appends, checks }: Call,
): Promise<void> => {
  const offered = appends.map((append): StreamAppend & { nth: number } => ({
    nth: append.nth,
    stream: streams[append.nth] ?? '',
    expect: append.expect,
    events: Array.from({ length: append.events }, () => event()),
  }));
  const sent = store.append(
    offered.map(({ stream, expect: expected, events }) => ({ stream, expect: expected, events })),
    checks.map(check => ({ stream: streams[check.nth] ?? '', expect: check.expect })),
  );
  const passes = [...appends, ...checks].every(each => meets(model[each.nth]?.length ?? 0, each.expect));
  if (!passes) return expect(sent).rejects.toThrow(VersionConflict);
  for (const { nth: index, events } of offered) model[index]?.push(...events.map(({ id }) => id));
  expect(await sent).toEqual(new Map(offered.map(({ nth: index, stream }) => [stream, model[index]?.length ?? 0])));
};

const expectLog = async (
  store: EventStore,
  before: number,
  streams: readonly string[],
  model: readonly string[][],
): Promise<void> => {
  const head = await store.settledHead(5_000);
  const log = await store.readLog(before, 10_000);
  expect(head - before).toBe(model.flat().length);
  expect(log.map(({ position }) => position)).toEqual(model.flat().map((_, index) => before + 1 + index));
  for (const [index, stream] of streams.entries())
    expect(log.filter(each => each.stream === stream).map(({ id }) => id)).toEqual(model[index]);
};
