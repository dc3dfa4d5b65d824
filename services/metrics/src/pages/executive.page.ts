import { isRestated } from '../report/answered.ts';
import { type Executive, type Headline, HEADLINES, type Part } from '../report/executive.ts';
import { codeInWords, grouped, periodInWords } from './amounts.ts';
import { BLEND, factsOf, scopeInWords } from './delivery.page.ts';
import { matrix, parts, shownOf } from './executive-parts.ts';
import { card, figureTable } from './figures.ts';
import { gateSection } from './gate-proposals.ts';
import { type Content, html, type Markup } from './markup.ts';
import { documentOf, section } from './page.ts';
import { reading } from './reading.ts';
import { restatementsIn } from './restatements.ts';
import { measuredOf } from './shown.ts';
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
  return section('trend', 'Twelve months', [
    html`<div class="charts">${charts}</div>
      <p class="note">
        Whiskers: intervals of 95 %. –: no data. Hollow diamond: restated. The table has the same numbers.
      </p>`,
    matrix('Twelve months in numbers', 'Month', months, report, ({ period = '' }) => periodInWords(period)),
  ]);
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
