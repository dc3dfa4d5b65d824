import fc from 'fast-check';
import { businessTime, NINE_TO_FIVE } from './business-time.ts';
import { dayAt, daysIn, daysTouched, periodNamed, periodsIn, spanBefore, zoneNamed } from './calendar.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
] as const;
const at = (instant: string): number => Date.parse(instant);
const HOUR = 3_600_000;

describe('a calendar period', () => {
  test.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['2026-W01', 'UTC', '2025-12-29T00:00:00Z', '2026-01-05T00:00:00Z'],
    ['2026-W53', 'UTC', '2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z'],
    ['2026-03', 'Europe/Berlin', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
    ['2026-Q4', 'America/New_York', '2026-10-01T04:00:00Z', '2027-01-01T05:00:00Z'],
    ['2028', 'UTC', '2028-01-01T00:00:00Z', '2029-01-01T00:00:00Z'],
  ])('%s in %s is from %s to %s', (name, zone, from, to) => {
    expect(periodNamed(name, zone)).toMatchObject({ name, from: at(from), to: at(to) });
  });

  test.each(['2026-02-29', '2026-13', '2025-W53', '2026-W00', '2026-Q5', '26', 'march'])('%s is none', name => {
    expect(periodNamed(name, 'UTC')).toBeUndefined();
  });

  test('that a zone has skipped is empty', () => {
    const skipped = periodNamed('2011-12-30', 'Pacific/Apia')!;
    expect(skipped.to - skipped.from).toBe(0);
  });
});

describe('the periods in a span', () => {
  const instant = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });
  const unit = fc.constantFrom('week' as const, 'month' as const, 'quarter' as const, 'year' as const);

  test('cover it, one after the other, each once', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 400 * 24 * HOUR }),
        unit,
        fc.constantFrom(...ZONES),
        (from, length, each, zone) => {
          const parts = periodsIn({ from, to: from + length }, each, zone, 1_000);
          expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([from, from + length]);
          for (const part of parts) expect(part.from).toBeLessThan(part.to);
          expect(parts.slice(1).map(part => part.from)).toEqual(parts.slice(0, -1).map(part => part.to));
        },
      ),
    );
  });

  test('have the days of their span, whole ones on midnights', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 2039 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(...ZONES),
        (year, month, zone) => {
          const name = `${year}-${String(month).padStart(2, '0')}`;
          const span = periodNamed(name, zone)!;
          const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
          expect(daysIn(span, zone)).toBe(days);
          expect(daysTouched(span, zone)).toBe(days);
          expect(dayAt(span.from, zone)).toBe(`${name}-01`);
        },
      ),
    );
  });
});

describe('the span before', () => {
  test('of a month is the month before, however long', () => {
    const march = periodNamed('2026-03', 'Europe/Berlin')!;
    expect(spanBefore(march, 'Europe/Berlin', 'month')).toMatchObject({
      from: at('2026-01-31T23:00:00Z'),
      to: march.from,
    });
  });

  test('of some days is as many days of the zone', () => {
    const span = { from: at('2026-03-28T23:00:00Z'), to: at('2026-03-30T22:00:00Z') };
    expect(spanBefore(span, 'Europe/Berlin')).toEqual({ from: at('2026-03-26T23:00:00Z'), to: span.from });
  });

  test('of hours is as many hours', () => {
    const span = { from: at('2026-03-02T10:00:00Z'), to: at('2026-03-02T12:30:00Z') };
    expect(spanBefore(span, 'UTC')).toEqual({ from: at('2026-03-02T07:30:00Z'), to: span.from });
  });
});

test('zones are those of IANA', () => {
  expect([zoneNamed('europe/berlin'), zoneNamed('Asia/Kolkata')]).toEqual(['Europe/Berlin', 'Asia/Kolkata']);
  expect(zoneNamed('2026-03-02T00:00[Europe/Berlin]')).toBeUndefined();
  expect([zoneNamed('Mars/Olympus'), zoneNamed('+02:00'), zoneNamed('')]).toEqual([undefined, undefined, undefined]);
});

describe('business time', () => {
  const berlin = { ...NINE_TO_FIVE, zone: 'Europe/Berlin' };

  test('is the same elapsed and in business within the hours of one day', () => {
    expect(businessTime(berlin, at('2026-03-02T09:00:00Z'), at('2026-03-02T10:30:00Z'))).toBe(1.5 * HOUR);
  });

  test('is nothing at night, on weekends and on holidays', () => {
    expect(businessTime(berlin, at('2026-03-06T16:00:00Z'), at('2026-03-09T08:00:00Z'))).toBe(0);
    const off = { ...berlin, holidays: ['2026-03-02'] };
    expect(businessTime(off, at('2026-03-02T00:00:00Z'), at('2026-03-03T00:00:00Z'))).toBe(0);
  });

  test('of a night shift across a change of clocks is an hour less', () => {
    const nights = { zone: 'Europe/Berlin', fromMinute: 0, toMinute: 24 * 60, weekdays: [7], holidays: [] };
    expect(businessTime(nights, at('2026-03-28T00:00:00Z'), at('2026-03-31T00:00:00Z'))).toBe(23 * HOUR);
  });

  test('adds up: from a to c is from a to b and from b to c', () => {
    const instant = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') });
    fc.assert(
      fc.property(fc.tuple(instant, instant, instant), fc.constantFrom(...ZONES), (instants, zone) => {
        const [a = 0, b = 0, c = 0] = [...instants].sort((x, y) => x - y);
        const calendar = { ...NINE_TO_FIVE, zone };
        const whole = businessTime(calendar, a, c);
        expect(businessTime(calendar, a, b) + businessTime(calendar, b, c)).toBe(whole);
        expect(whole).toBeLessThanOrEqual(c - a);
      }),
      { numRuns: 50 },
    );
  });
});
