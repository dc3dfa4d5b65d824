import type { AnsweredFigure } from '../report/answered.ts';
import { codeInWords, duration, grouped, percent, shortMoment } from './amounts.ts';
import { eventsOf, linked } from './addresses.ts';
import { type Content, html, type Markup } from './markup.ts';

/** As many of a list as anybody reads on paper; how many more there are is said. */
const MOST_LISTED = 12;

type Kind = 'rollout' | 'incident' | 'change' | 'code';

/** What ids of a measure's population are ids of. */
export const kindOf = (measure: string): Kind => {
  if (['change-success', 'approval-lead-time', 'emergency-share'].includes(measure)) return 'change';
  if (['mttr', 'time-to-resolve', 'failed-deployment-recovery-time'].includes(measure)) return 'incident';
  return measure === 'lead-time' ? 'code' : 'rollout';
};

/** What stands around figures: what is open, listed, in doubt or asked, each with who it is. */
export const around = (measure: string, figures: readonly AnsweredFigure[], zone: string): Content => {
  const kind = kindOf(measure);
  const [first] = figures;
  if (!first) return '';
  const listed = merged(figures.flatMap(figure => figure.listed));
  const doubts = merged(figures.flatMap(figure => figure.doubts));
  return [
    openOnes(first, kind, zone),
    measure === 'change-fail-rate' && failures(first, zone),
    doubts.length > 0 &&
      html`<h3>In doubt</h3>
        ${lists(doubts, kind)}`,
    listed.length > 0 &&
      html`<h3>Counted apart, or worth to be seen</h3>
        ${lists(listed, kind)}`,
    checks(first),
  ];
};

type Listed = AnsweredFigure['listed'][number];

const merged = (all: readonly Listed[]): readonly Listed[] =>
  [...Map.groupBy(all, ({ reason }) => reason)].map(([reason, same]) => {
    const ids = [...new Set(same.flatMap(each => each.ids ?? []))].sort();
    return { reason, ids, count: Math.max(ids.length, ...same.map(({ count }) => count)) };
  });

const openOnes = ({ open }: AnsweredFigure, kind: Kind, zone: string): Content => {
  if (open.length === 0) return '';
  const oldestFirst = open.toSorted((a, b) => b.ageSeconds - a.ageSeconds);
  return html`<h3>Open, and in no figure yet: ${grouped(open.length)}</h3>
    <ul class="plain">
      ${oldestFirst
        .slice(0, MOST_LISTED)
        .map(
          ({ id, since, ageSeconds }) =>
            html`<li>${nameOf(id, kind)}, ${duration(ageSeconds)} old, since ${shortMoment(since, zone)}</li>`,
        )}
      ${more(open.length)}
    </ul>`;
};

const failures = ({ population = [] }: AnsweredFigure, zone: string): Content => {
  const failed = population.filter(each => each.failures && each.failures.length > 0);
  if (failed.length === 0) return '';
  return html`<h3>Failed rollouts: ${grouped(failed.length)}</h3>
    <ul class="plain">
      ${failed
        .slice(0, MOST_LISTED)
        .map(
          ({ id, at, failures: reasons = [] }) =>
            html`<li>
              ${shortMoment(at, zone)} ${nameOf(id, 'rollout')}:
              ${reasons.map(({ reason, by }, index) => [index > 0 && '; ', reasonOf(reason, by)])}
            </li>`,
        )}
      ${more(failed.length)}
    </ul>`;
};

const reasonOf = (reason: string, by: string): Content =>
  linked(eventsOf(reason === 'confirmed-cause' ? 'incident' : 'deployment', by), codeInWords(reason).toLowerCase());

const lists = (all: readonly Listed[], kind: Kind): Markup =>
  html`<ul class="plain">
    ${all.map(
      ({ reason, count, ids = [] }) =>
        html`<li>
          ${codeInWords(reason)}: ${grouped(count)}
          <span class="small"
            >${ids.slice(0, MOST_LISTED).map((id, index) => [index > 0 && ', ', nameOf(id, kind)])}${
              ids.length > MOST_LISTED && ` and ${grouped(ids.length - MOST_LISTED)} more`
            }</span
          >
        </li>`,
    )}
  </ul>`;

const more = (count: number): Content =>
  count > MOST_LISTED && html`<li class="small">and ${grouped(count - MOST_LISTED)} more</li>`;

/** With the way to its events, where it is a record that has some. */
const nameOf = (id: string, kind: Kind): Markup => {
  if (kind === 'incident' || kind === 'change') return linked(eventsOf(kind, id), html`<code>${id}</code>`);
  const [, changeId] = /^change-([^/]+)/.exec(id) ?? [];
  return kind === 'rollout' && changeId !== undefined
    ? linked(eventsOf('change', changeId), html`<code>${id}</code>`)
    : html`<code>${id}</code>`;
};

const checks = ({ checks: asked = [] }: AnsweredFigure): Content => {
  const answered = asked.filter(({ share }) => share !== null);
  if (answered.length === 0) return '';
  return html`<h3>Data quality</h3>
    <p class="small">
      ${answered.map(
        ({ check, good, of, share }, index) =>
          `${index > 0 ? '; ' : ''}${codeInWords(check).toLowerCase()} ${percent(share ?? 0)} (${grouped(good)} of ${grouped(of)})`,
      )}.
    </p>`;
};
