import type { Rates } from './growth-rates.ts';
import type { Sizes } from './growth-sizes.ts';
import { rounded } from './quantile.ts';

export type Shape = 'plain' | 'partitioned';

/** What is measured at a number of events, in tables of one shape. */
export type Stand = Readonly<{
  shape: Shape;
  events: number;
  sizes: Sizes;
  rounds: readonly Rates[];
  /** The median of each. */
  rates: Rates;
}>;

export type Extrapolated = Readonly<{ events: number; gibibytes: Readonly<Record<string, number>> }>;

/** GiB by part of the store, from the growth between the first and the last stand of the plain tables. */
export const extrapolated = (stands: readonly Stand[], events: number): Extrapolated => {
  const plain = stands.filter(({ shape }) => shape === 'plain').map(({ sizes }) => sizes);
  const [first, last] = [plain[0], plain.at(-1)];
  if (!first || !last) throw new Error('nothing was measured');
  const gibibytes = Object.entries(last.parts).map(([part, bytes]) => {
    const perEvent = (bytes - (first.parts[part] ?? 0)) / (last.events - first.events);
    return [part, rounded((bytes + perEvent * (events - last.events)) / 1024 ** 3, 1)] as const;
  });
  return { events, gibibytes: Object.fromEntries(gibibytes) };
};
