import type { Figure } from '../figures/figure.ts';
import { amount, periodInShort, periodInWords } from './amounts.ts';
import { drawn, paint } from './drawing.ts';
import type { Markup } from './markup.ts';
import { amountAxis, type Measured, type Scale, scaleFor } from './scale.ts';
import { diamond, dot, shapes, stroke, together, words } from './shapes.ts';

export type Point = Measured & Readonly<{ period: string; restated: boolean }>;
export type Trend = Readonly<{ id: string; title: string; unit: Figure['unit']; points: readonly Point[] }>;

/** A figure over calendar periods, and how sure each is. A period without data is a dash and a gap in the line, not 0. */
export const trendChart = (trend: Trend): Markup =>
  drawn({
    width: 350,
    height: 180,
    id: trend.id,
    title: `${trend.title}, ${spanOf(trend.points)}`,
    description: trendInWords(trend),
    option: optionOf(trend),
  });

const optionOf = ({ unit, points }: Trend): object => {
  const scale = scaleFor(unit, points);
  return {
    grid: { left: 44, right: 16, top: 18, bottom: 32 },
    xAxis: periodAxis(points),
    yAxis: amountAxis(scale),
    series: [
      whiskers(points, scale),
      line(points, scale),
      marks(points, scale),
      missing(points),
      latest(points, unit, scale),
    ],
  };
};

const periodAxis = (points: readonly Point[]): object => ({
  type: 'category',
  data: points.map(({ period }, index) => periodInShort(period, index === 0)),
  axisTick: { show: false },
  axisLine: { lineStyle: { color: paint.muted, width: 0.75 } },
  axisLabel: {
    color: paint.muted,
    fontSize: 9.75,
    lineHeight: 11.5,
    interval: Math.ceil(points.length / 12) - 1,
    margin: 6,
  },
});

const whiskers = (points: readonly Point[], { size, max }: Scale): object =>
  shapes(
    points.flatMap(({ value, low, high }, index) =>
      value === null || low === undefined || high === undefined ? [] : [[index, low / size, high / size]],
    ),
    ({ value, coord }) => {
      const [x, bottom] = coord([value(0), Math.min(max, value(1))]);
      const [, top] = coord([value(0), Math.min(max, value(2))]);
      const caps = [bottom, ...(value(2) <= max ? [top] : [])];
      return together(
        stroke([x, bottom], [x, top], paint.muted),
        ...caps.map(y => stroke([x - 3, y], [x + 3, y], paint.muted)),
      );
    },
  );

const line = (points: readonly Point[], { size }: Scale): object => ({
  type: 'line',
  silent: true,
  clip: false,
  showSymbol: false,
  data: points.map(({ value }) => (value === null ? null : value / size)),
  lineStyle: { color: paint.first, width: 1.75 },
});

/** A dot; a hollow diamond where the figure was restated. */
const marks = (points: readonly Point[], { size }: Scale): object =>
  shapes(
    points.flatMap(({ value, restated }, index) => (value === null ? [] : [[index, value / size, restated ? 1 : 0]])),
    ({ value, coord }) => {
      const at = coord([value(0), value(1)]);
      return value(2) === 1 ? diamond(at, 5, paint.paper, paint.second) : dot(at, 2.75, paint.first);
    },
  );

const missing = (points: readonly Point[]): object =>
  shapes(
    points.flatMap(({ value }, index) => (value === null ? [[index, 0]] : [])),
    ({ value, coord }) => {
      const [x, y] = coord([value(0), value(1)]);
      return words([x, y - 7], '–', paint.muted);
    },
  );

/** What it is by now, beside its dot: on the side that the line does not come from. */
const latest = (points: readonly Point[], unit: Figure['unit'], { size }: Scale): object => {
  const value = points.at(-1)?.value ?? null;
  const falls = (points.at(-2)?.value ?? 0) > (value ?? 0);
  return shapes(value === null ? [] : [[points.length - 1, value / size]], place => {
    const [x, y] = place.coord([place.value(0), place.value(1)]);
    return words([x + 14, falls ? y + 12 : y - 11], amount(value, unit), paint.ink, 'right', 600);
  });
};

const spanOf = (points: readonly Point[]): string => {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return 'no periods';
  return first === last
    ? periodInWords(first.period)
    : `${periodInWords(first.period)} to ${periodInWords(last.period)}`;
};

/** What the line tells, for whoever does not see it. */
export const trendInWords = ({ unit, points }: Trend): string => {
  const known = points.filter(({ value }) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return 'There are no data for any of these periods.';
  const ordered = known.toSorted((a, b) => a.value! - b.value!);
  const said = (point: Point): string => `${amount(point.value, unit)} in ${periodInWords(point.period)}`;
  const gaps = points.length - known.length;
  return [
    `From ${said(first)} to ${said(last)}; lowest ${said(ordered[0]!)}, highest ${said(ordered.at(-1)!)}.`,
    ...(gaps > 0 ? [`No data for ${gaps} of ${points.length} periods.`] : []),
    ...(points.some(({ restated }) => restated) ? ['Diamonds were restated.'] : []),
    'Whiskers are intervals of 95 %. The table has the same numbers.',
  ].join(' ');
};
