import fc from 'fast-check';
import { after, earliest, isBefore, latest, minutesBetween } from './instant.ts';

const instant = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map(date => date.toISOString());

test('a fraction of a second is later than the second, though not as a text', () => {
  const [whole, fraction] = ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.500Z'] as const;
  expect(isBefore(whole, fraction)).toBe(true);
  expect([whole, fraction].sort()).toEqual([fraction, whole]);
});

test('spans add up over days', () =>
  expect(after('2026-12-31T23:59:30Z', { hours: 1, minutes: 0, seconds: 30 })).toBe('2027-01-01T01:00:00.000Z'));

test('there and back is where it began', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 100_000 }), (at, minutes) => {
      expect(after(after(at, { minutes }), { minutes: -minutes })).toBe(at);
      expect(isBefore(at, after(at, { minutes }))).toBe(true);
      expect(minutesBetween(after(at, { minutes }), at)).toBe(-minutes);
    }),
  );
});

test('the earliest is before none, the latest after none', () => {
  fc.assert(
    fc.property(fc.array(instant, { minLength: 1 }), ([first = '', ...others]) => {
      for (const each of [first, ...others]) {
        expect(isBefore(each, earliest(first, ...others))).toBe(false);
        expect(isBefore(latest(first, ...others), each)).toBe(false);
      }
    }),
  );
});

test('what is no instant is said so', () => expect(() => isBefore('soon', '2026-03-02T09:00:00Z')).toThrow(RangeError));
