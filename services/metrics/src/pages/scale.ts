import type { Figure } from '../figures/figure.ts';
import { scaleOf } from './amounts.ts';
import { paint } from './drawing.ts';

type Unit = Figure['unit'];
export type Measured = Readonly<{ value: number | null; low?: number; high?: number }>;

/** What an axis counts in, and how far it goes. */
export type Scale = Readonly<{ size: number; name: string; max: number }>;

/** Durations in the unit that suits the longest of them, shares in percent. An interval far beyond every value is cut. */
export const scaleFor = (unit: Unit, measured: readonly Measured[]): Scale => {
  const top = topOf(unit, measured);
  const { size, name } = unitFor(unit, top);
  const max = roundedUp(top / size);
  return { size, name, max: unit === 'ratio' ? Math.min(100, max) : max };
};

const unitFor = (unit: Unit, top: number): Readonly<{ size: number; name: string }> => {
  if (unit === 'ratio') return { size: 0.01, name: '%' };
  return unit === 'per-day' ? { size: 1, name: 'a day' } : scaleOf(top);
};

const topOf = (unit: Unit, measured: readonly Measured[]): number => {
  const known = measured.filter(({ value }) => value !== null);
  const most = Math.max(0, ...known.map(({ value }) => value ?? 0));
  const high = Math.max(most, ...known.map(({ high: each = 0 }) => each));
  const top = most > 0 ? Math.min(high, 2.5 * most) : high;
  return top > 0 ? top : unit === 'ratio' ? 0.1 : 1;
};

/** The next round number from there on. */
export const roundedUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8].find(each => each * power >= value - power * 1e-9) ?? 10;
  return step * power;
};

export const amountAxis = ({ max, name }: Scale): object => ({
  type: 'value',
  min: 0,
  max,
  interval: max / 2,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: {
    color: paint.muted,
    fontSize: 10.5,
    formatter: (value: number) => `${Number(value.toPrecision(3))}\u202f${value === 0 ? '' : name}`,
  },
  splitLine: { lineStyle: { color: paint.line, width: 0.75 } },
});
