import fc from 'fast-check';
import { BatchSize } from './batch-size.ts';

test('begins small and doubles while full batches are quick', () => {
  const size = new BatchSize(5_000);
  const sizes = Array.from({ length: 9 }, () => {
    const { current } = size;
    size.took(current, 20);
    return current;
  });
  expect(sizes).toEqual([64, 128, 256, 512, 1_024, 2_048, 4_096, 5_000, 5_000]);
});

test('stays when a batch is not full, or neither quick nor slow', () => {
  const size = new BatchSize(5_000);
  size.took(63, 1);
  size.took(64, 700);
  expect(size.current).toBe(64);
});

test('is halved by what is slow and by what fails', () => {
  const size = new BatchSize(5_000);
  size.took(64, 2_100);
  expect(size.current).toBe(32);
  size.took(32, 1, false);
  expect(size.current).toBe(16);
});

test('never leaves its bounds', () => {
  const took = fc.tuple(fc.nat(10_000), fc.nat(1_000), fc.boolean());
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.array(took, { maxLength: 60 }), (largest, all) => {
      const size = new BatchSize(largest);
      for (const [records, ms, inOnePiece] of all) {
        size.took(records, ms, inOnePiece);
        expect(size.current).toBeGreaterThanOrEqual(1);
        expect(size.current).toBeLessThanOrEqual(largest);
      }
    }),
  );
});
