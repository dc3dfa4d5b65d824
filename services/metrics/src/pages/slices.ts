import type { AnsweredFigure, AnsweredMeasure, AnsweredReport, AnsweredSlice } from '../report/answered.ts';
import { codeInWords, grouped, periodInWords } from './amounts.ts';
import { figureTable, type Shown } from './figures.ts';
import { intervalChart, MOST_ROWS } from './interval-chart.ts';
import { called, type Content, html, type Markup } from './markup.ts';
import { pair } from './page.ts';
import { measuredOf, rowOf, type Showing } from './shown.ts';
import { trendChart } from './trend-chart.ts';

/** More of them are for machines: the CSV has all. */
const MOST_SHOWN = 120;
const MOST_TRENDS = 12;

type Sliced = Readonly<{ slice: AnsweredSlice; measure: AnsweredMeasure; figure: AnsweredFigure; shown: Shown }>;

/** One measure slice by slice: the chief series drawn beside its numbers, the other series for whoever opens them. */
export const sliced = (report: AnsweredReport, measure: string, chief: string, show: Showing): Content => {
  const all = slicedBy(report, measure, show);
  if (all.length === 0) return '';
  const chiefs = all.filter(({ figure }) => figure.series === chief).slice(0, MOST_SHOWN);
  const others = all.filter(({ figure }) => figure.series !== chief).slice(0, MOST_SHOWN);
  const left = new Set(all.map(({ slice }) => slice)).size - chiefs.length;
  return [
    html`<h3>${headingOf(report)}</h3>`,
    report.every === undefined ? byName(chiefs) : overTime(report, chiefs),
    left > 0 && html`<p class="note">The first ${MOST_SHOWN} are here, and ${grouped(left)} more in the CSV.</p>`,
    others.length > 0 &&
      html`<details>
        <summary>Other series, ${headingOf(report).toLowerCase()}</summary>
        ${figureTable(`Other series, ${headingOf(report).toLowerCase()}`, 'Slice', others.map(withSeries))}
      </details>`,
  ];
};

const slicedBy = ({ slices = [] }: AnsweredReport, name: string, show: Showing): readonly Sliced[] =>
  slices.flatMap(slice => {
    const measure = slice.measures?.find(each => each.measure === name);
    return (measure?.figures ?? []).map(figure => ({
      slice,
      measure: measure!,
      figure,
      shown: show(slice, measure!, figure, nameOf(slice)),
    }));
  });

const withSeries = ({ shown, figure }: Sliced): Shown => ({
  ...shown,
  name: html`${shown.name}<span class="sub">${codeInWords(figure.series)}</span>`,
});

const BY: Readonly<Record<string, string>> = { releaseKind: 'release kind', changeModel: 'change model' };

const headingOf = ({ slices = [], every }: AnsweredReport): string => {
  const by = slices[0]?.by;
  const said = [by === undefined ? [] : `by ${BY[by] ?? by}`, every === undefined ? [] : `by ${every}`].flat();
  return codeInWords(said.join(', '));
};

const nameOf = ({ name, id, period }: AnsweredSlice): Content => {
  const said = name ?? id;
  if (said === undefined) return period === undefined ? '' : periodInWords(period);
  return period === undefined ? called(said) : [called(said), ', ', periodInWords(period)];
};

const captionOf = ({ measure, figure }: Sliced, title: string): string =>
  measure.figures.length > 1
    ? `${measure.title}, ${codeInWords(figure.series).toLowerCase()}, ${title}`
    : `${measure.title}, ${title}`;

const isKnown = ({ figure }: Sliced): boolean => figure.value !== null;

const byName = (all: readonly Sliced[]): Content => {
  const [first] = all;
  if (!first) return '';
  const by = BY[first.slice.by ?? ''] ?? first.slice.by ?? 'slice';
  const title = captionOf(first, `by ${by}`);
  const numbers = figureTable(
    title,
    codeInWords(by),
    all.map(({ shown }) => shown),
  );
  if (!all.some(isKnown)) return numbers;
  const chart = intervalChart({
    id: `${first.measure.measure}-by`,
    title,
    unit: first.figure.unit,
    rows: all.map(({ slice, shown }) => rowOf(slice.name ?? slice.id ?? '', shown)),
  });
  const isCompared = all.some(({ figure }) => figure.comparison !== undefined);
  const said = [
    'Dots: this period, with intervals of 95 %.',
    isCompared && ' Hollow diamonds: the period before.',
    all.length > MOST_ROWS && ` The first ${MOST_ROWS} are drawn.`,
  ];
  return pair(chart, said, numbers);
};

const LEGEND = 'Whiskers: intervals of 95 %. –: no data. Hollow diamond: restated.';

const overTime = (report: AnsweredReport, all: readonly Sliced[]): Content => {
  const [first] = all;
  if (!first) return '';
  const numbers = figureTable(
    captionOf(first, `by ${report.every}`),
    codeInWords(report.every ?? 'period'),
    all.map(({ shown }) => shown),
  );
  const groups = [...Map.groupBy(all, ({ slice }) => slice.id ?? '').values()];
  const drawable = groups.filter(group => group.some(isKnown));
  const charts = drawable.slice(0, MOST_TRENDS).map((group, index) => trendOf(group, index));
  const [chart] = charts;
  if (!chart) return numbers;
  if (groups.length === 1) return pair(chart, LEGEND, numbers);
  return [severalTrends(drawable, charts), numbers];
};

const severalTrends = (groups: readonly (readonly Sliced[])[], charts: readonly Markup[]): Markup => {
  const left = groups.length - charts.length;
  const figures = charts.map(
    (chart, index) =>
      html`<figure>
        <h4>${called(nameIn(groups[index]))}</h4>
        ${chart}
      </figure>`,
  );
  return html`<div class="charts">${figures}</div>
    <p class="note">
      ${LEGEND}${left > 0 && ` The first ${MOST_TRENDS} are drawn, ${grouped(left)} more are in the table.`}
    </p>`;
};

const nameIn = ([first]: readonly Sliced[] = []): string => first?.slice.name ?? first?.slice.id ?? '';

const trendOf = (group: readonly Sliced[], index: number): Markup => {
  const first = group[0]!;
  const name = nameIn(group);
  return trendChart({
    id: `${first.measure.measure}-trend-${index}`,
    title: name === '' ? first.measure.title : captionOf(first, name),
    unit: first.figure.unit,
    points: group.map(({ slice, figure, shown }) => ({
      ...measuredOf(figure),
      period: slice.period ?? '',
      restated: shown.restated,
    })),
  });
};
