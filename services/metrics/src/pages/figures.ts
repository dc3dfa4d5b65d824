import type { AnsweredFigure } from '../report/answered.ts';
import { amount, codeInWords, difference, differences, duration, grouped, percent, range } from './amounts.ts';
import { type Content, html, type Markup } from './markup.ts';
import { table } from './page.ts';

/** A figure as pages show it, and where it opens down to what it is made of. */
export type Shown = Pick<
  AnsweredFigure,
  | 'series'
  | 'unit'
  | 'value'
  | 'reason'
  | 'p90'
  | 'mean'
  | 'numerator'
  | 'denominator'
  | 'interval'
  | 'counted'
  | 'dataQuality'
  | 'comparison'
> &
  Readonly<{
    /** What the row is called: a series, a service, a month. */
    name: Content;
    address: string;
    definition: string;
    open: number;
    oldestOpenSeconds: number | null;
    restated: boolean;
  }>;

/** Marks a figure that a later correction changed. */
export const RESTATED = html`<span class="mark"> ‡ restated</span>`;

/** Rows of figures with all that they stand on. */
export const figureTable = (caption: string, first: string, rows: readonly Shown[], id?: string): Markup => {
  const has = columnsIn(rows);
  const columns = [
    [first],
    ['Value', 'n'],
    ...(has.durations ? [['90th percentile', 'n'] as const] : []),
    ['Made of', 'n'],
    ['95 % interval', 'n'],
    ...(has.comparisons ? [['Against before', 'n'] as const] : []),
    ...(has.open ? [['Open, oldest', 'n'] as const] : []),
    ['Data quality', 'n'],
    ...(has.definitions ? [['Definition', 'n'] as const] : []),
  ] as const;
  const definition = rows[0]?.definition;
  return table(
    has.definitions || definition === undefined ? caption : `${caption}; definition ${definition}`,
    columns,
    rows.map(row => rowOf(row, has)),
    id,
  );
};

const columnsIn = (rows: readonly Shown[]) => ({
  durations: rows.some(({ unit }) => unit === 'seconds'),
  comparisons: rows.some(({ comparison }) => comparison !== undefined),
  open: rows.some(({ open }) => open > 0),
  // One for all of them stands in the caption.
  definitions: new Set(rows.map(({ definition }) => definition)).size > 1,
});

const cell = (content: Content): Markup => html`<td class="n">${content}</td>`;

const rowOf = (row: Shown, has: ReturnType<typeof columnsIn>): Markup =>
  html`<tr ${row.unit !== 'seconds' && html`class="k"`}>
    <th scope="row">${row.name}</th>
    ${cell(valueIn(row))}${has.durations && cell(spread(row))}
    ${cell(html`<a href="${row.address}">${madeOf(row)}</a><span class="sub w">${grouped(row.counted)} counted</span>`)}${cell(intervalIn(row))}
    ${has.comparisons && cell(againstBefore(row))}${has.open && cell(openIn(row))}
    ${cell(row.dataQuality === null ? none('nothing to ask') : percent(row.dataQuality))}${has.definitions && cell(row.definition)}
  </tr>`;

const none = (why: string): Markup => html`<span class="empty">${why}</span>`;

const valueIn = ({ value, unit, reason, restated }: Shown): Markup =>
  value === null
    ? html`<span class="empty">no data<span class="sub">${codeInWords(reason ?? 'nothing-to-measure')}</span></span>`
    : html`<strong>${amount(value, unit)}</strong>${restated && RESTATED}`;

const spread = ({ p90 = null, mean = null, unit }: Shown): Content =>
  p90 !== null && mean !== null && html`${amount(p90, unit)}<span class="sub w">mean ${amount(mean, unit)}</span>`;

/** How much a figure is made of, in short: of durations how many there were. */
export const shortlyOf = (figure: Pick<Shown, 'unit' | 'numerator' | 'denominator'>): string =>
  figure.unit === 'seconds' ? `of ${grouped(figure.denominator)}` : madeOf(figure);

/** Numerator and denominator: of durations their sum and their count. */
export const madeOf = ({ unit, numerator, denominator }: Pick<Shown, 'unit' | 'numerator' | 'denominator'>): string => {
  if (denominator === 0) return 'none';
  if (unit === 'seconds') return `${duration(numerator)} ÷\u00a0${grouped(denominator)}`;
  const shown = unit === 'per-day' ? `${grouped(Number(denominator.toFixed(2)))}\u00a0days` : grouped(denominator);
  return `${grouped(numerator)}\u00a0${unit === 'per-day' ? 'in' : 'of'}\u00a0${shown}`;
};

export const intervalIn = ({ interval, unit }: Pick<Shown, 'interval' | 'unit'>): Content =>
  interval === null ? none('too few') : range(interval.low, interval.high, unit);

const VERDICTS = {
  higher: 'higher',
  lower: 'lower',
  unclear: 'unclear',
} as const;

export const againstBefore = ({ comparison, unit }: Pick<Shown, 'comparison' | 'unit'>): Content => {
  if (!comparison) return '';
  const { before, difference: by, interval, verdict } = comparison;
  if (by === null) return none(before.value === null ? 'no data before' : `before: ${amount(before.value, unit)}`);
  const within = interval && differences(interval.low, interval.high, unit);
  const said = verdict === 'unclear' ? VERDICTS.unclear : html`<strong>${VERDICTS[verdict]}</strong>`;
  return html`${difference(by, unit)}, ${said}${within && html`<span class="sub">${within}</span>`}`;
};

const openIn = ({ open, oldestOpenSeconds }: Shown): Content =>
  open === 0 ? '0' : html`${grouped(open)}<span class="sub">${duration(oldestOpenSeconds ?? 0)}</span>`;

/** What is read first of a figure: its value, and in small what makes one trust it, or not. */
export const card = (title: string, shown: Shown): Markup => {
  const { value, unit, reason, comparison, interval, dataQuality, definition, open, restated } = shown;
  return html`<li ${value === null && html`class="none"`}>
    <h3>${title}</h3>
    <span class="value">${amount(value, unit)}${restated && html`<span class="mark"> ‡</span>`}</span>
    ${value === null && html`<p class="change">${codeInWords(reason ?? 'nothing-to-measure')}.</p>`}
    ${comparison && comparison.difference !== null && html`<p class="change">${changeInWords(shown)}</p>`}
    <p>
      <a href="${shown.address}">${unit === 'seconds' && 'median '}${shortlyOf(shown)}</a
      >${open > 0 && `, ${grouped(open)} open`}
    </p>
    ${interval && html`<p>95 %: ${intervalIn(shown)}</p>`}
    <p>${dataQuality !== null && html`Quality ${percent(dataQuality)} · `}${definition}</p>
  </li>`;
};

const ARROWS = { higher: '▲', lower: '▼', unclear: '≈' } as const;

/** The difference from the period before, and whether it can be told from chance. */
const changeInWords = ({ comparison, unit }: Shown): Content => {
  if (!comparison || comparison.difference === null) return '';
  const { verdict, interval } = comparison;
  const sure = verdict === 'unclear' ? (interval ? 'no clear difference' : 'too few to tell') : `clearly ${verdict}`;
  return `${ARROWS[verdict]} ${difference(comparison.difference, unit)}, ${sure}`;
};
