import type { AnsweredReport } from '../report/answered.ts';
import { type Executive, type Headline, HEADLINES, type Part } from '../report/executive.ts';
import { isRestated } from '../report/answered.ts';
import { addressOf } from './addresses.ts';
import { amount, codeInWords, grouped, periodInWords } from './amounts.ts';
import { BLEND, factsOf, scopeInWords } from './delivery.page.ts';
import { card, figureTable, RESTATED, shortlyOf, type Shown } from './figures.ts';
import { gateSection } from './gate-proposals.ts';
import { intervalChart, MOST_ROWS } from './interval-chart.ts';
import { called, type Content, html, type Markup } from './markup.ts';
import { documentOf, pair, section, table } from './page.ts';
import { reading } from './reading.ts';
import { restatementsIn } from './restatements.ts';
import { measuredOf, rowOf } from './shown.ts';
import { shortTitle } from './titles.ts';
import { trendChart } from './trend-chart.ts';

/** A month for whoever decides on budgets and gates: what it was like, where it is going, and what might be done. */
export const executivePage = (report: Executive): string => {
  const about = scopeInWords(report);
  const month = periodInWords(report.month);
  return documentOf({
    kind: 'Executive delivery report',
    title: `Delivery in ${month}, ${about.text}`,
    heading: html`Delivery in ${month}`,
    lead: html`${codeOf(about.shown)}${report.blend && html`<span class="sub">${BLEND}</span>`}`,
    facts: factsOf(report),
    sections: [
      headlines(report),
      gateSection(report),
      trend(report),
      restatementsIn(restated(report)),
      parts('teams', 'Teams', report.teams, report),
      parts('services', 'Services', report.services, report),
      quality(report),
      reading({ measures: HEADLINES }),
    ],
    footer: html`<p class="small">
      Slipway, as of log position ${report.position}. Nothing on this page was decided by it. The same figures for
      machines: <code>format=json</code> and <code>format=csv</code> of the same address.
    </p>`,
  });
};

const codeOf = (shown: Content): Content => (typeof shown === 'string' ? codeInWords(shown) : shown);

const restated = (report: Executive) => ({
  zone: report.zone,
  ...(report.restatements && { restatements: report.restatements }),
});

const shownOf = (report: Executive, part: Part | Executive, headline: Headline, name: Content): Shown => ({
  ...headline,
  name,
  address: addressOf(report as AnsweredReport, headline.measure, part),
  restated: isRestated(part, headline.measure, headline.series),
});

const headlines = (report: Executive): Markup =>
  section(
    'month',
    'The month',
    report.figures.length === 0
      ? html`<p>Over so many services there is no figure of the whole. Each service stands below.</p>`
      : html`<ul class="cards">
          ${report.figures.map(each => card(shortTitle(each), shownOf(report, report, each, each.title)))}
        </ul>`,
  );

const trend = (report: Executive): Content => {
  const { trend: months } = report;
  if (months.length === 0) return '';
  const charts = HEADLINES.flatMap(({ measure, series }) => trendOf(months, measure, series));
  return section(
    'trend',
    'Twelve months',
    [
      html`<div class="charts">${charts}</div>
        <p class="note">
          Whiskers: intervals of 95 %. –: no data. Hollow diamond: restated. The table has the same numbers.
        </p>`,
      matrix('Twelve months in numbers', 'Month', months, report, ({ period = '' }) => periodInWords(period)),
    ],
    true,
  );
};

const trendOf = (months: readonly Part[], measure: string, series: string): readonly Markup[] => {
  const found = months.map(month => month.figures.find(each => each.measure === measure && each.series === series));
  const known = found.find(each => each !== undefined);
  if (!known) return [];
  const points = months.map((month, index) => ({
    ...measuredOf(found[index] ?? { value: null, interval: null }),
    period: month.period ?? '',
    restated: isRestated(month, measure, series),
  }));
  const title = shortTitle(known);
  return [
    html`<figure>
      <h3>${title}</h3>
      ${
        points.some(({ value }) => value !== null)
          ? trendChart({ id: `trend-${measure}`, title, unit: known.unit, points })
          : html`<p class="note">There are no data for any of these months.</p>`
      }
    </figure>`,
  ];
};

/** Months, teams or services down, headlines across: each value with what it is made of. */
const matrix = (
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

const parts = (id: string, title: string, all: readonly Part[], report: Executive): Content => {
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

const quality = (report: Executive): Content => {
  if (report.figures.length === 0) return '';
  return section('quality', 'Data quality', [
    figureTable(
      'What each figure of the month stands on',
      'Measure',
      report.figures.map(each => shownOf(report, report, each, each.title)),
    ),
    doubtsOf(report.figures),
  ]);
};

const doubtsOf = (figures: readonly Headline[]): Content => {
  const all = figures.flatMap(({ title, doubts }) =>
    Object.entries(doubts).map(([reason, count]) => ({ title, reason, count })),
  );
  if (all.length === 0) return html`<p>Nothing that these figures are made of is missing or impossible.</p>`;
  return html`<h3>In doubt</h3>
    <ul class="plain">
      ${all.map(({ title, reason, count }) => html`<li>${title}: ${codeInWords(reason).toLowerCase()}, ${grouped(count)}</li>`)}
    </ul>`;
};
