import fc from 'fast-check';
import { PositionsSeen } from './positions-seen.ts';

test('knows what was added, and counts what was not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3 * 2 ** 20 })),
      fc.integer({ min: 0, max: 100_000 }),
      (all, last) => {
        const seen = new PositionsSeen();
        const known = new Set<number>();
        for (const position of all) {
          expect(seen.add(position)).toBe(!known.has(position));
          known.add(position);
        }
        expect(seen.missingUpTo(last)).toBe(last - [...known].filter(position => position <= last).length);
      },
    ),
    { numRuns: 20 },
  );
});
