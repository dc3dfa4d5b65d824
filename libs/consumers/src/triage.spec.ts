import fc from 'fast-check';
import type { Delivery } from './subscription.ts';
import { triage } from './triage.ts';

const event = (position: number, stream: string, type = 'Known'): Delivery => ({
  position,
  stream,
  type,
  data: {},
  id: `event-${position}`,
  version: position,
  correlationId: 'correlation',
  sequencedAt: '2026-03-02T09:00:00Z',
});
const knows = (type: string): boolean => type === 'Known';
const nothing = { parked: new Set<string>(), skipped: new Set<number>(), knows };
const positionsOf = (events: readonly Delivery[]): number[] => events.map(({ position }) => position);

test('an unknown type parks its stream and what comes after it there, and nothing else', () => {
  const { live, waiting, toPark } = triage(
    [event(1, 'a'), event(2, 'a', 'New'), event(3, 'b'), event(4, 'a')],
    nothing,
  );
  expect([positionsOf(live), positionsOf(waiting), [...toPark]]).toEqual([[1, 3], [2, 4], [['a', 'New']]]);
});

test('an event of a parked stream waits behind it, and does not park it again', () => {
  const { live, waiting, toPark } = triage([event(1, 'a', 'New'), event(2, 'b')], {
    ...nothing,
    parked: new Set(['a']),
  });
  expect([positionsOf(live), positionsOf(waiting), toPark.size]).toEqual([[2], [1], 0]);
});

test('a skipped event is passed by, an unknown one too', () => {
  const { live, waiting, toPark } = triage([event(1, 'a', 'New'), event(2, 'a')], {
    ...nothing,
    skipped: new Set([1]),
  });
  expect([positionsOf(live), positionsOf(waiting), toPark.size]).toEqual([[2], [], 0]);
});

test('nothing is lost, doubled or put before an earlier event of its stream', () => {
  const drawn = fc.array(
    fc.record({ stream: fc.constantFrom('a', 'b', 'c'), type: fc.constantFrom('Known', 'Known', 'New') }),
  );
  fc.assert(
    fc.property(drawn, fc.uniqueArray(fc.nat(20)), fc.subarray(['a', 'b', 'c']), (events, skips, parked) => {
      const batch = events.map(({ stream, type }, index) => event(index, stream, type));
      const { live, waiting, toPark } = triage(batch, { parked: new Set(parked), skipped: new Set(skips), knows });
      const kept = positionsOf(batch).filter(position => !skips.includes(position));
      expect([...positionsOf(live), ...positionsOf(waiting)].sort((a, b) => a - b)).toEqual(kept);
      for (const each of live)
        expect(waiting.some(({ stream, position }) => stream === each.stream && position < each.position)).toBe(false);
      for (const each of waiting) expect(parked.includes(each.stream) || toPark.has(each.stream)).toBe(true);
    }),
  );
});
