import { definitionOf } from '../measures/index.ts';
import { type AnsweredFigure, type AnsweredMeasure, type AnsweredReport, limitsOf } from '../report/answered.ts';
import { HEADLINES } from '../report/executive.ts';
import { codeInWords, moment, periodInWords, spanInWords } from './amounts.ts';
import { around } from './around.ts';
import { card, figureTable } from './figures.ts';
import { called, type Content, html, type Markup } from './markup.ts';
import { documentOf, section } from './page.ts';
import { reading } from './reading.ts';
import { restatementsIn } from './restatements.ts';
import { type Showing, showing } from './shown.ts';
import { sliced } from './slices.ts';
import { shortTitle } from './titles.ts';

/** Every delivery figure of a report with all that it stands on, as a document to read, print and send. */
export const deliveryPage = (report: AnsweredReport, others: Readonly<Record<string, string>> = {}): string => {
  const show = showing(report, others);
  const measures = report.measures ?? report.slices?.[0]?.measures ?? [];
  const about = scopeInWords(report);
  return documentOf({
    kind: 'Delivery report',
    title: `Delivery of ${about.text}, ${periodOf(report)}`,
    heading: html`Delivery of ${about.shown}, ${periodOf(report)}`,
    ...(report.blend && { lead: BLEND }),
    facts: factsOf(report),
    sections: [
      overview(report, show),
      restatementsIn(report),
      ...measures.map(measure => measureSection(report, measure, show)),
      reading(report),
    ],
    footer: html`<p class="small">
      Slipway, as of log position ${report.position}. The same figures for machines:
      <code>format=json</code> and <code>format=csv</code> of the same address.
    </p>`,
  });
};

export const BLEND =
  'Figures of several services are a blend: the content of one change counts once over all of them. They are no average of the services.';

/** What a report is about, in text and for the eye. */
export const scopeInWords = (report: AnsweredReport): Readonly<{ text: string; shown: Content }> => {
  const limits = limitsOf(report);
  if (limits.length === 0) return { text: 'all services', shown: 'all services' };
  const said = limits.map(({ parameter, name }) => ({ kind: KINDS[parameter] ?? parameter, name }));
  return {
    text: said.map(({ kind, name }) => `${kind}${name}`).join(', '),
    shown: said.map(({ kind, name }, index) => [index > 0 && ', ', kind, called(name)]),
  };
};

const KINDS: Readonly<Record<string, string>> = {
  service: '',
  application: '',
  environment: 'in ',
  team: 'team ',
  region: 'region ',
  releaseKind: 'releases of kind ',
  changeModel: 'changes of model ',
  size: 'size ',
  pattern: 'pattern ',
};

export const periodOf = ({ period, from, to, zone }: AnsweredReport): string =>
  period === undefined ? spanInWords(from, to, zone) : periodInWords(period);

export const factsOf = (
  report: Pick<AnsweredReport, 'from' | 'to' | 'zone' | 'position' | 'comparedWith'>,
): readonly (readonly [string, Content])[] => {
  const { from, to, zone, position, comparedWith } = report;
  const span = (part: Readonly<{ from: string; to: string }>): string =>
    `${moment(part.from, zone)} until ${moment(part.to, zone)}`;
  return [
    ['Period', span({ from, to })],
    ['Time zone', zone],
    ...(comparedWith ? [['Beside', span(comparedWith)] as const] : []),
    ['Log position', String(position)],
  ];
};

/** The series that is read first. */
export const chiefOf = ({ measure, figures }: AnsweredMeasure): AnsweredFigure | undefined => {
  const headline = HEADLINES.find(each => each.measure === measure);
  return figures.find(({ series }) => series === (headline?.series ?? 'all')) ?? figures[0];
};

const overview = (report: AnsweredReport, show: Showing): Markup => {
  if (!report.measures)
    return section(
      'overview',
      'Overview',
      html`<p>
        Over so many services there is no figure of the whole: it would be worked out of more facts than one answer
        reads. Each service stands below.
      </p>`,
    );
  const cards = report.measures.flatMap(measure => {
    const figure = chiefOf(measure);
    if (!figure) return [];
    return [card(shortTitle(measure), show(report, measure, figure, figure.series))];
  });
  return section(
    'overview',
    'Overview',
    html`<ul class="cards">
      ${cards}
    </ul>`,
  );
};

const measureSection = (report: AnsweredReport, measure: AnsweredMeasure, show: Showing): Markup => {
  const definition = definitionOf(measure.measure);
  const whole = report.measures?.find(each => each.measure === measure.measure);
  return section(measure.measure, measure.title, [
    html`<p class="small">${definition?.text} <span class="w">Definition ${measure.definition}.</span></p>`,
    whole && wholeOf(report, whole, show),
    sliced(report, measure.measure, chiefOf(measure)?.series ?? '', show),
  ]);
};

const wholeOf = (report: AnsweredReport, measure: AnsweredMeasure, show: Showing): Content => [
  figureTable(
    `${measure.title}, ${periodOf(report)}`,
    'Series',
    measure.figures.map(figure => show(report, measure, figure, seriesName(measure, figure))),
  ),
  benchmarks(measure),
  around(measure.measure, measure.figures, report.zone),
];

const seriesName = ({ measure }: AnsweredMeasure, { series }: AnsweredFigure): Markup =>
  html`${codeInWords(series)}<span class="sub">${definitionOf(measure)?.series[series]}</span>`;

const benchmarks = ({ figures }: AnsweredMeasure): Content =>
  figures.flatMap(({ benchmark, series }) =>
    benchmark
      ? [
          html`<p class="small">
            ${codeInWords(series)} in ${benchmark.name}:
            ${benchmark.bands.map(({ group, said }, index) => `${index > 0 ? '; ' : ''}${group} ${said}`)}. These are
            groups of respondents by all measures at once: a single figure belongs to none.
          </p>`,
        ]
      : [],
  );
