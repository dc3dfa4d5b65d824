import { countLost } from './lost.ts';
import type { Seen } from './peers/held.ts';

const seen = (stream: string, version: number): Seen => ({ id: `${stream}/${version}`, stream, version });
const appended = [seen('a', 1), seen('b', 1), seen('a', 2), seen('a', 3)];

test('streams may overtake each other', () => {
  const other = [seen('b', 1), seen('a', 1), seen('a', 2), seen('a', 3)];
  expect(countLost(appended, other)).toEqual({ appended: 4, neverSeen: 0, seenTwice: 0, outOfOrder: 0 });
});

test('an event that never comes is lost', () => {
  expect(countLost(appended, [seen('a', 1), seen('a', 3), seen('b', 1)])).toMatchObject({
    neverSeen: 1,
    outOfOrder: 0,
  });
});

test('one that comes again is seen twice, and not out of order', () => {
  expect(countLost(appended, [...appended, seen('a', 1)])).toMatchObject({ seenTwice: 1, outOfOrder: 0 });
});

test('one that comes after a later one of its stream is out of order', () => {
  const late = [seen('a', 2), seen('b', 1), seen('a', 1), seen('a', 3)];
  expect(countLost(appended, late)).toMatchObject({ neverSeen: 0, outOfOrder: 1 });
});
