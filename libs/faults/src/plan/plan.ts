import type { Fault } from '../faults/fault.ts';
import type { Random } from './random.ts';

export type Planned = Readonly<{ fault: Fault; afterMs: number; lengthMs: number }>;

/** Faults that overlap. A quiet time follows, so that each recovery is seen. */
export type Bout = readonly Planned[];

type Options = Readonly<{ seconds: number; faults: readonly Fault[]; isShort: boolean }>;

const MOST_AT_ONCE = 3;
const ANOTHER = 0.45;
const LATEST_MS = 2_000;
/** What a bout takes beside its faults: recovery and quiet. */
const AROUND_MS = { short: 3_500, long: 6_000 };
/** Those that take a minute are not drawn more often. */
const LONG_ONES = 3;
const LONG_MS = 20_000;

/** Drawn by chance, but each kind comes before one comes again. The first comes first: what is measured under it wants a fresh system. */
export const planOf = (random: Random, { seconds, faults, isShort }: Options): readonly Bout[] => {
  const bouts: Bout[] = [];
  const drawn = new Map<Fault, number>();
  const lengthOf = (fault: Fault) => (isShort ? fault.shortMs : fault.lengthMs);
  const isTooLong = (fault: Fault) => lengthOf(fault)[1] >= LONG_MS && (drawn.get(fault) ?? 0) >= LONG_ONES;
  let left: Fault[] = [];
  let leftMs = seconds * 1_000;
  while (leftMs > 0) {
    if (left.length === 0) left = random.shuffled(faults.filter(fault => !isTooLong(fault)));
    if (bouts.length === 0 && faults[0]) left = [faults[0], ...left.filter(fault => fault !== faults[0])];
    const together = drawTogether(random, left);
    for (const fault of together) drawn.set(fault, (drawn.get(fault) ?? 0) + 1);
    const bout = together.map((fault, index) => ({
      fault,
      afterMs: index === 0 ? 0 : random.between(0, LATEST_MS),
      lengthMs: random.between(...lengthOf(fault)),
    }));
    bouts.push(bout);
    const took = Math.max(...bout.map(({ afterMs, lengthMs }) => afterMs + lengthMs));
    leftMs -= took + (isShort ? AROUND_MS.short : AROUND_MS.long);
  }
  return bouts;
};

/** Takes them out of what is left. */
const drawTogether = (random: Random, left: Fault[]): readonly Fault[] => {
  const together = left.splice(0, 1);
  while (together.length < MOST_AT_ONCE && !together.some(({ isAlone }) => isAlone) && random.next() < ANOTHER) {
    const fits = left.findIndex(({ isAlone, touches }) => !isAlone && together.every(each => each.touches !== touches));
    if (fits < 0) break;
    together.push(...left.splice(fits, 1));
  }
  return together;
};
