import type { Figure } from '../figures/figure.ts';
import { amount } from './amounts.ts';
import { drawn, onOneLine, paint } from './drawing.ts';
import type { Markup } from './markup.ts';
import { amountAxis, type Measured, type Scale, scaleFor } from './scale.ts';
import { diamond, dot, shapes, stroke, together, words } from './shapes.ts';

export type Row = Measured & Readonly<{ name: string; before?: number | null; restated: boolean }>;
export type Intervals = Readonly<{ id: string; title: string; unit: Figure['unit']; rows: readonly Row[] }>;

/** As many as are still told apart at a glance; the table has all. */
export const MOST_ROWS = 30;
const ROW = 22;

/** One figure of several services, teams or the like, each with how sure it is, and with what it was before. */
export const intervalChart = ({ rows: all, ...about }: Intervals): Markup => {
  const rows = all.slice(0, MOST_ROWS);
  return drawn({
    width: 350,
    height: 34 + ROW * rows.length,
    id: about.id,
    title: about.title,
    description: intervalsInWords({ rows: all, ...about }),
    option: optionOf({ rows, ...about }),
  });
};

const optionOf = ({ unit, rows }: Intervals): object => {
  const scale = scaleFor(unit, [...rows, ...rows.map(({ before = null }) => ({ value: before }))]);
  return {
    grid: { left: 116, right: 22, top: 8, bottom: 24 },
    yAxis: nameAxis(rows),
    xAxis: amountAxis(scale),
    series: [whiskers(rows, scale), before(rows, scale), marks(rows, scale), missing(rows)],
  };
};

const nameAxis = (rows: readonly Row[]): object => ({
  type: 'category',
  inverse: true,
  data: rows.map(({ name }) => onOneLine(name, 19)),
  axisTick: { show: false },
  axisLine: { lineStyle: { color: paint.muted, width: 0.75 } },
  axisLabel: { color: paint.ink, fontSize: 11, interval: 0, margin: 8 },
});

const whiskers = (rows: readonly Row[], { size, max }: Scale): object =>
  shapes(
    rows.flatMap(({ value, low, high }, index) =>
      value === null || low === undefined || high === undefined ? [] : [[low / size, high / size, index]],
    ),
    ({ value, coord }) => {
      const [left, y] = coord([Math.min(max, value(0)), value(2)]);
      const [right] = coord([Math.min(max, value(1)), value(2)]);
      const caps = [left, ...(value(1) <= max ? [right] : [])];
      return together(
        stroke([left, y], [right, y], paint.muted),
        ...caps.map(x => stroke([x, y - 3], [x, y + 3], paint.muted)),
      );
    },
  );

const before = (rows: readonly Row[], { size }: Scale): object =>
  shapes(
    rows.flatMap(({ before: was = null }, index) => (was === null ? [] : [[was / size, index]])),
    ({ value, coord }) => diamond(coord([value(0), value(1)]), 4.5, paint.paper, paint.second),
  );

const marks = (rows: readonly Row[], { size }: Scale): object =>
  shapes(
    rows.flatMap(({ value }, index) => (value === null ? [] : [[value / size, index]])),
    ({ value, coord }) => dot(coord([value(0), value(1)]), 3.75, paint.first),
  );

const missing = (rows: readonly Row[]): object =>
  shapes(
    rows.flatMap(({ value }, index) => (value === null ? [[0, index]] : [])),
    ({ value, coord }) => {
      const [x, y] = coord([value(0), value(1)]);
      return words([x + 6, y], 'no data', paint.muted, 'left');
    },
  );

/** What the dots tell, for whoever does not see them. */
export const intervalsInWords = ({ unit, rows }: Intervals): string => {
  const known = rows.filter(({ value }) => value !== null).toSorted((a, b) => a.value! - b.value!);
  const [lowest, highest] = [known[0], known.at(-1)];
  if (!lowest || !highest) return 'There are no data for any of these.';
  const said = ({ name, value }: Row): string => `${onOneLine(name, 60)} with ${amount(value, unit)}`;
  return [
    known.length === 1 ? `${said(lowest)}.` : `Lowest ${said(lowest)}, highest ${said(highest)}.`,
    ...(known.length < rows.length ? [`No data for ${rows.length - known.length} of ${rows.length}.`] : []),
    ...(rows.length > MOST_ROWS ? [`The first ${MOST_ROWS} are drawn.`] : []),
    'Whiskers are intervals of 95 %. The table has the same numbers.',
  ].join(' ');
};
