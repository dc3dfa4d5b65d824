import { categoryOf } from '@slipway/event-sourcing';
import { event, fresh, started } from './contract-samples.ts';
import type { EventStore, SequencedEvent } from './event-store.ts';

const TIMEOUT_MS = 5_000;

/** What every store's log does. */
export const logContract = (theStore: () => EventStore): void => {
  describe('the log', () => {
    let store: EventStore;
    let before: number;

    beforeEach(async () => {
      store = theStore();
      before = await store.settledHead(TIMEOUT_MS);
    });

    const logged = async (): Promise<readonly SequencedEvent[]> => {
      await store.settledHead(TIMEOUT_MS);
      return store.readLog(before, 10_000);
    };

    test('has everything that was committed before it was asked to settle', async () => {
      const streams = Array.from({ length: 20 }, () => fresh());
      await Promise.all(streams.map(stream => store.append([started(stream, event(), event())])));
      const head = await store.settledHead(TIMEOUT_MS);
      const log = await store.readLog(before, 10_000);
      expect(new Set(log.map(({ stream }) => stream))).toEqual(new Set(streams));
      expect(log.map(({ position }) => position)).toEqual(Array.from({ length: 40 }, (_, nth) => before + nth + 1));
      expect(head).toBe(before + 40);
      expect(await store.head()).toBe(head);
    });

    test('keeps each stream in its order, and time from going back', async () => {
      const [a, b] = [fresh(), fresh()];
      for (const version of [0, 1, 2]) {
        const expected = version || 'no-stream';
        await store.append([
          { stream: a, expect: expected, events: [event()] },
          { stream: b, expect: expected, events: [event()] },
        ]);
      }
      const log = await logged();
      for (const stream of [a, b])
        expect(log.filter(each => each.stream === stream).map(({ version }) => version)).toEqual([1, 2, 3]);
      const times = log.map(({ sequencedAt }) => sequencedAt);
      expect(times).toEqual([...times].sort());
    });

    test('gives the whole event', async () => {
      const stream = fresh();
      const appended = event({ name: 'x' }, { causationId: 'cause', key: 'k', request: 'r' });
      await store.append([started(stream, appended)]);
      const [only] = await logged();
      const { events } = await store.read(stream);
      expect(only).toEqual({
        ...events[0],
        position: before + 1,
        sequencedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      });
    });

    test('is read in pieces, and by category', async () => {
      const streams = [fresh('service'), fresh('environment'), fresh('service'), fresh('person'), fresh('service')];
      for (const stream of streams) await store.append([started(stream, event())]);
      await store.settledHead(TIMEOUT_MS);
      const streamsOf = (log: readonly SequencedEvent[]): readonly string[] => log.map(({ stream }) => stream);
      expect(streamsOf(await store.readLog(before, 2))).toEqual(streams.slice(0, 2));
      expect(streamsOf(await store.readLog(before + 2, 2))).toEqual(streams.slice(2, 4));
      expect(streamsOf(await store.readLog(before, 2, ['service']))).toEqual([streams[0], streams[2]]);
      const others = streams.filter(stream => categoryOf(stream) !== 'service');
      expect(streamsOf(await store.readLog(before, 10, ['person', 'environment']))).toEqual(others);
      expect(await store.readLog(before, 10, ['release'])).toEqual([]);
      expect(await store.readLog(before + 5, 10)).toEqual([]);
    });
  });
};
