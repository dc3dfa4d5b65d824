import { rowsOf } from './report.ts';

const found = (figures: object, isShort: boolean) =>
  rowsOf({ seconds: 180, events: 1, faults: [], invariants: {}, figures: { handOverMs: {}, ...figures }, isShort });
const typical = (foreignP99Ms: number, quietP99Ms: number) => ({
  visibleP99Ms: 240,
  typical: { foreignP99Ms, quietP99Ms },
});

describe('what becomes visible under a foreign transaction', () => {
  test('a long run holds all of it to the bound', () => {
    expect(found({ visibleP99Ms: 99 }, false)).toMatchObject([{ holds: true, must: '< 100 ms' }]);
    expect(found({ ...typical(40, 90), visibleP99Ms: 100 }, false)).toMatchObject([{ holds: false }]);
  });

  test.each([
    ['below the bound', 80, 20, true],
    ['above it, as without the transaction', 130, 80, true],
    ['above it, and more than three times what it is without', 190, 60, false],
    ['held back for as long as the transaction lasts', 6_000, 60, false],
  ])('a short run holds its seconds to what they are without it: %s', (_, foreign, quiet, holds) =>
    expect(found(typical(foreign, quiet), true)).toMatchObject([{ holds }]),
  );
});
