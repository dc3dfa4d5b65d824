import { shortMoment } from './amounts.ts';
import { drawn, onOneLine, paint } from './drawing.ts';
import type { Markup } from './markup.ts';
import { diamond, dot, shapes, stroke, together, words } from './shapes.ts';

/** Something that took from one instant to another, or goes on still. Milliseconds since 1970. */
export type Lane = Readonly<{
  name: string;
  from: number;
  to: number;
  /** It has not ended. */
  isOpen: boolean;
  kind: 'run' | 'failed' | 'incident';
  /** When it took traffic. */
  markedAt?: number;
}>;

export type Timeline = Readonly<{
  id: string;
  title: string;
  description: string;
  zone: string;
  lanes: readonly Lane[];
}>;

const MOST_LANES = 40;
const LANE = 20;
const WIDTH = 960;

/** What happened one below the other, by the clocks of a zone. */
export const timelineChart = ({ lanes: all, zone, ...about }: Timeline): Markup => {
  const lanes = all.slice(0, MOST_LANES);
  const { min, max, ticks } = spanOf(lanes);
  return drawn({
    ...about,
    width: WIDTH,
    height: 40 + LANE * lanes.length,
    option: {
      grid: { left: 190, right: 40, top: 8, bottom: 28 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: lanes.map(({ name }) => onOneLine(name, 28)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: paint.muted, width: 0.75 } },
        axisLabel: { color: paint.ink, fontSize: 11, interval: 0 },
      },
      xAxis: {
        type: 'value',
        min,
        max,
        axisTick: { show: false },
        splitLine: { show: false },
        axisLine: { show: true, lineStyle: { color: paint.muted, width: 0.75 } },
        axisLabel: {
          color: paint.muted,
          fontSize: 10.5,
          customValues: ticks,
          formatter: (value: number) => shortMoment(new Date(value).toISOString(), zone).slice(5),
        },
      },
      series: [bars(lanes), marks(lanes)],
    },
  });
};

const COLORS = { run: paint.first, failed: paint.second, incident: paint.ink } as const;

/** A run is a thick bar, a failed one has a cross at its end, an incident is a thin line with a rim at both ends. */
const bars = (lanes: readonly Lane[]): object =>
  shapes(
    lanes.map(({ from, to }, index) => [from, index, to]),
    ({ value, coord }) => {
      const { kind, isOpen } = lanes[value(1)]!;
      const [left, y] = coord([value(0), value(1)]);
      const right = Math.max(left + 2, coord([value(2), value(1)])[0]);
      const color = COLORS[kind];
      return together(
        stroke([left, y], [right, y], color, kind === 'incident' ? 2 : 8),
        ...(kind === 'incident' ? [stroke([left, y - 5], [left, y + 5], color, 2)] : []),
        ...(kind === 'incident' && !isOpen ? [stroke([right, y - 5], [right, y + 5], color, 2)] : []),
        ...(kind === 'failed' ? crossAt([right + 9, y], color) : []),
        ...(isOpen ? [words([right + 12, y], '…', paint.ink)] : []),
      );
    },
  );

const crossAt = ([x, y]: readonly [number, number], color: string) => [
  stroke([x - 4, y - 4], [x + 4, y + 4], color, 2),
  stroke([x - 4, y + 4], [x + 4, y - 4], color, 2),
];

const marks = (lanes: readonly Lane[]): object =>
  shapes(
    lanes.flatMap(({ markedAt, kind }, index) =>
      markedAt === undefined ? [] : [[markedAt, index, kind === 'run' ? 1 : 0]],
    ),
    ({ value, coord }) => {
      const place = coord([value(0), value(1)]);
      return value(2) === 1 ? dot(place, 4, paint.paper, paint.first) : diamond(place, 5, paint.paper, paint.second);
    },
  );

const MINUTE = 60_000;
const STEPS = [1, 5, 15, 30, 60, 180, 360, 720, 1_440, 2_880, 10_080, 43_200, 525_600].map(minutes => minutes * MINUTE);
const MOST_TICKS = 5;

const spanOf = (lanes: readonly Lane[]): Readonly<{ min: number; max: number; ticks: readonly number[] }> => {
  const min = Math.min(...lanes.map(({ from }) => from));
  const max = Math.max(min + MINUTE, ...lanes.map(({ to }) => to));
  const step = STEPS.find(each => (max - min) / each <= MOST_TICKS) ?? STEPS.at(-1)!;
  const first = Math.ceil(min / step) * step;
  const count = Math.floor((max - first) / step) + 1;
  return { min, max, ticks: Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step) };
};
