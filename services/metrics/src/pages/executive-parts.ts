import { type AnsweredReport, isRestated } from '../report/answered.ts';
import { type Executive, type Headline, HEADLINES, type Part } from '../report/executive.ts';
import { addressOf } from './addresses.ts';
import { amount, codeInWords, grouped } from './amounts.ts';
import { figureTable, RESTATED, type Shown, shortlyOf } from './figures.ts';
import { intervalChart, MOST_ROWS } from './interval-chart.ts';
import { called, type Content, html, type Markup } from './markup.ts';
import { pair, section, table } from './page.ts';
import { rowOf } from './shown.ts';
import { shortTitle } from './titles.ts';

/** A headline as tables and cards show it. */
export const shownOf = (report: Executive, part: Part | Executive, headline: Headline, name: Content): Shown => ({
  ...headline,
  name,
  address: addressOf(report as AnsweredReport, headline.measure, part),
  restated: isRestated(part, headline.measure, headline.series),
});

/** Months, teams or services down, headlines across: each value with what it is made of. */
export const matrix = (
  caption: string,
  first: string,
  rows: readonly Part[],
  report: Executive,
  named: (part: Part) => Content,
): Markup => {
  const known = rows.flatMap(({ figures }) => figures);
  const columns = HEADLINES.map(({ measure }) => {
    const found = known.find(each => each.measure === measure);
    return [found && html`${shortTitle(found)}<span class="sub">${found.definition}</span>`, 'n'] as const;
  });
  return table(
    caption,
    [[first], ...columns],
    rows.map(
      part =>
        html`<tr>
          <th scope="row">${named(part)}</th>
          ${HEADLINES.map(({ measure }) => html`<td class="n">${cellOf(report, part, measure)}</td>`)}
        </tr>`,
    ),
  );
};

const MARKS = {
  higher: html` <span title="clearly higher than the period before">▲</span>`,
  lower: html` <span title="clearly lower than the period before">▼</span>`,
  unclear: '',
} as const;

const cellOf = (report: Executive, part: Part, measure: string): Content => {
  const figure = part.figures.find(each => each.measure === measure);
  if (!figure) return html`<span class="empty">none</span>`;
  if (figure.value === null)
    return html`<span class="empty"
      >no data<span class="sub">${codeInWords(figure.reason ?? 'nothing-to-measure')}</span></span
    >`;
  const { value, unit, comparison, series } = figure;
  const address = addressOf(report as AnsweredReport, measure, part);
  return html`${amount(value, unit)}${comparison && MARKS[comparison.verdict]}${isRestated(part, measure, series) && RESTATED}<span
      class="sub"
      ><a href="${address}">${shortlyOf(figure)}</a></span
    >`;
};

const DRAWN = 'change-fail-rate';
/** More of them are for machines: the CSV has all. */
const MOST_PARTS = 100;

/** Teams or services: their headlines, and how often their changes failed. */
export const parts = (id: string, title: string, all: readonly Part[], report: Executive): Content => {
  if (all.length === 0) return '';
  const shown = busiest(all);
  const first = title.slice(0, -1);
  return section(id, title, [
    matrix(`${title} in numbers`, first, shown, report, part => called(nameOf(part))),
    html`<p class="note">
      ▲ ▼ clearly higher or lower than the month
      before.${
        shown.length < all.length &&
        ` These are the ${grouped(MOST_PARTS)} of ${grouped(all.length)} with most rollouts; the CSV has all.`
      }
    </p>`,
    failRates(id, first, shown, report),
  ]);
};

const nameOf = ({ name, id }: Part): string => name ?? id ?? '';

const busiest = (all: readonly Part[]): readonly Part[] => {
  if (all.length <= MOST_PARTS) return all;
  const rollouts = ({ figures }: Part): number =>
    figures.find(({ measure }) => measure === 'deployment-frequency')?.numerator ?? 0;
  const chosen = new Set(all.toSorted((a, b) => rollouts(b) - rollouts(a)).slice(0, MOST_PARTS));
  return all.filter(part => chosen.has(part));
};

const failRates = (id: string, first: string, all: readonly Part[], report: Executive): Content => {
  const rows = all.flatMap(part => {
    const figure = part.figures.find(({ measure }) => measure === DRAWN);
    return figure ? [{ name: nameOf(part), shown: shownOf(report, part, figure, called(nameOf(part))) }] : [];
  });
  if (!rows.some(({ shown }) => shown.value !== null)) return '';
  const caption = `Change fail rate by ${first.toLowerCase()}`;
  const chart = intervalChart({
    id: `${id}-${DRAWN}`,
    title: caption,
    unit: 'ratio',
    rows: rows.map(({ name, shown }) => rowOf(name, shown)),
  });
  const said = [
    'Dots: this month, with intervals of 95 %. Hollow diamonds: the month before.',
    rows.length > MOST_ROWS && ` The first ${MOST_ROWS} are drawn.`,
  ];
  return pair(
    chart,
    said,
    figureTable(
      caption,
      first,
      rows.map(({ shown }) => shown),
    ),
  );
};
