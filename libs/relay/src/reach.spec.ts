import { Reach } from './reach.ts';
import type { LogRow } from './record.ts';

const rows = (count: number, bytes: number): readonly LogRow[] =>
  Array.from({ length: count }, () => ({ data: 'x'.repeat(bytes) }) as LogRow);

test('reads more at once while rows are small, up to a bound', () => {
  const reach = new Reach();
  const reached = Array.from({ length: 6 }, () => {
    reach.took(rows(10, 500));
    return reach.rows;
  });
  expect(reached).toEqual([100, 200, 400, 500, 500, 500]);
});

test('reads fewer when they are large, so that some megabytes come at a time', () => {
  const reach = new Reach();
  reach.took(rows(50, 256 * 1024));
  expect(reach.rows).toBe(31);
  reach.took(rows(1, 64 * 1024 * 1024));
  expect(reach.rows).toBe(1);
  reach.took(rows(1, 10));
  expect(reach.rows).toBe(2);
});
