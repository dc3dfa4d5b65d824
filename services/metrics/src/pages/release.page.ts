import { type AnsweredMeasure, oldestOf } from '../report/answered.ts';
import type { AnsweredRelease } from '../report/answered-release.ts';
import { eventsOf, linked } from './addresses.ts';
import { codeInWords, grouped, moment } from './amounts.ts';
import { chiefOf } from './delivery.page.ts';
import { card, figureTable, type Shown } from './figures.ts';
import { called, type Content, html, type Markup } from './markup.ts';
import { documentOf, section } from './page.ts';
import { reading } from './reading.ts';
import { changes, incidents, scope, successCriteria } from './release-records.ts';
import { whereAndWhen } from './release-runs.ts';
import { shortTitle } from './titles.ts';

/** What became of a release, for whoever answers for it. */
export const releasePage = (release: AnsweredRelease): string => {
  const { number, title, id, measures } = release;
  return documentOf({
    kind: 'Release summary',
    title: [number, title ?? id].filter(Boolean).join(' '),
    heading: html`${number} ${called(title ?? id)}`,
    lead: inOneSentence(release),
    facts: factsOf(release),
    sections: [
      figures(release),
      successCriteria(release),
      whereAndWhen(release),
      incidents(release),
      changes(release),
      scope(release),
      reading({ measures }),
    ],
    footer: html`<p class="small">
      Slipway, as of log position ${release.position}. Events of the release:
      ${linked(eventsOf('release', id), html`<code>${eventsOf('release', id)}</code>`)}
    </p>`,
  });
};

const inOneSentence = ({ rollouts, incidents: caused }: AnsweredRelease): string => {
  if (rollouts.length === 0) return 'Nothing of it was deployed to production.';
  const count = (of: readonly unknown[], one: string, many = `${one}s`): string =>
    `${grouped(of.length)} ${of.length === 1 ? one : many}`;
  const failed = rollouts.filter(({ failures }) => failures.length > 0);
  const real = caused.filter(({ canceled }) => !canceled);
  return `${count(rollouts, 'production rollout')}, ${failed.length === 0 ? 'none' : grouped(failed.length)} of them failed; ${
    real.length === 0 ? 'it caused no incident' : `it caused ${count(real, 'incident')}`
  } that ${real.length === 0 ? 'anybody confirmed' : 'people confirmed'}.`;
};

const factsOf = ({
  class: kind,
  window,
  ended,
  zone,
  asOf,
  position,
}: AnsweredRelease): readonly (readonly [string, Content])[] => [
  ...(kind === undefined ? [] : [['Class', kind] as const]),
  ...(window ? [['Window', `${moment(window.start, zone)} until ${moment(window.end, zone)}`] as const] : []),
  ['Outcome', ended ? `${codeInWords(ended.how)}, ${moment(ended.at, zone)}` : `not closed by ${moment(asOf, zone)}`],
  ['Time zone', zone],
  ['Log position', String(position)],
];

const figures = (release: AnsweredRelease): Markup => {
  const chiefs = release.measures.flatMap(measure => {
    const figure = chiefOf(measure);
    return figure ? [card(shortTitle(measure), shownOf(release, measure, figure, shortTitle(measure)))] : [];
  });
  const rows = release.measures.flatMap(measure =>
    measure.figures
      .filter(({ denominator, open }) => denominator > 0 || open.length > 0)
      .map(figure => {
        const name = html`${shortTitle(measure)}<span class="sub">${codeInWords(figure.series)}</span>`;
        return shownOf(release, measure, figure, name);
      }),
  );
  return section('figures', 'In figures', [
    html`<ul class="cards">
      ${chiefs}
    </ul>`,
    rows.length > 0 && figureTable('Figures of this release alone', 'Measure', rows),
  ]);
};

const shownOf = (
  { id }: AnsweredRelease,
  { definition }: AnsweredMeasure,
  figure: AnsweredMeasure['figures'][number],
  name: Content,
): Shown => ({
  ...figure,
  name,
  definition,
  address: eventsOf('release', id),
  open: figure.open.length,
  oldestOpenSeconds: oldestOf(figure),
  restated: false,
});
