import type { AnsweredRelease } from '../report/answered-release.ts';
import { codeInWords, shortMoment } from './amounts.ts';
import { called, type Content, html, type Markup } from './markup.ts';
import { section, table } from './page.ts';
import { nameOf, record } from './release-names.ts';
import { type Lane, timelineChart } from './timeline-chart.ts';

/** What went out where and when, with what undid or mended it, drawn and in tables. */
export const whereAndWhen = (release: AnsweredRelease): Content => {
  const lanes = lanesOf(release);
  const runs = release.rollouts.flatMap(rollout => rollout.runs.map(run => ({ run, rollout })));
  if (runs.length === 0) return '';
  const title = 'What went out where, and when';
  return section('runs', title, [
    html`<figure class="wide">
      ${timelineChart({
        id: 'timeline',
        title,
        description: `${runs.length} deployments, ${release.incidents.length} incidents and ${mendersOf(release).length} deployments that undid or mended them, in the order in which they began. The tables have the same instants.`,
        zone: release.zone,
        lanes,
      })}
      <figcaption>
        Thick bars: deployments, a ring where traffic was taken; with a cross and a diamond: failed or rolled back. Thin
        lines: incidents, from impact to restoration. …: not over.
      </figcaption>
    </figure>`,
    runTable(
      'Deployments',
      runs.map(({ run }) => run),
      release,
    ),
    mendersOf(release).length > 0 && runTable('Rollbacks and hotfixes', mendersOf(release), release),
    failures(release),
  ]);
};

type RunRow = AnsweredRelease['rollbacks'][number];

const mendersOf = ({ rollbacks, hotfixes }: AnsweredRelease): readonly RunRow[] =>
  [...rollbacks, ...hotfixes].toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));

const lanesOf = (release: AnsweredRelease): readonly Lane[] => {
  const runs = [...release.rollouts.flatMap(rollout => rollout.runs), ...mendersOf(release)];
  const impacts = release.incidents.map(each => ({ ...each, name: nameOf(release, 'incident', each.incidentId) }));
  const starts = [...runs.map(run => run.startedAt), ...impacts.map(({ impactStartedAt }) => impactStartedAt)];
  const ends = [...runs.map(run => run.endedAt), ...impacts.map(({ restoredAt }) => restoredAt)];
  const edge = edgeOf([...starts, ...ends.filter(end => end !== undefined)], release.asOf);
  return [
    ...runs.map<Lane>(run => ({
      ...spanOf(run.startedAt, run.endedAt, edge),
      name: `${run.kind === 'planned' ? '' : `${run.kind}: `}${run.service}, ${run.environment}`,
      kind: /^(failed|rolled)/.test(run.outcome) ? 'failed' : 'run',
      ...(run.trafficAt !== undefined && { markedAt: Date.parse(run.trafficAt) }),
    })),
    ...impacts.map<Lane>(({ name, impactStartedAt, restoredAt }) => ({
      ...spanOf(impactStartedAt, restoredAt, edge),
      name,
      kind: 'incident',
    })),
  ].toSorted((a, b) => a.from - b.from || (a.name < b.name ? -1 : 1));
};

/** Up to where what goes on is drawn: a little beyond the last that is known, so that the rest can still be told apart. */
const edgeOf = (instants: readonly string[], asOf: string): number => {
  const known = instants.map(each => Date.parse(each));
  const [first, last] = [Math.min(...known), Math.max(...known)];
  return Math.min(Math.max(last, Date.parse(asOf)), last + Math.max(600_000, (last - first) / 6));
};

const spanOf = (from: string, to: string | undefined, edge: number) => ({
  from: Date.parse(from),
  to: to === undefined ? edge : Date.parse(to),
  isOpen: to === undefined,
});

const runTable = (caption: string, runs: readonly RunRow[], release: AnsweredRelease): Markup => {
  const time = (at: string | undefined): string => (at === undefined ? '' : shortMoment(at, release.zone));
  return table(
    caption,
    [['Deployment'], ['Service'], ['Environment'], ['Wave', 'n'], ['Started'], ['Traffic'], ['Ended'], ['Outcome']],
    runs.map(
      run =>
        html`<tr>
          <th scope="row">${record(release, 'deployment', run.deploymentId)}<span class="sub">${run.kind}</span></th>
          <td>${called(run.service)}</td>
          <td>${called(run.environment)}</td>
          <td class="n">${run.wave}</td>
          <td>${time(run.startedAt)}</td>
          <td>${time(run.trafficAt)}</td>
          <td>${time(run.endedAt)}</td>
          <td>
            ${codeInWords(run.outcome)}${run.undoes !== undefined && html`<span class="sub">undoes ${record(release, 'deployment', run.undoes)}</span>`}
          </td>
        </tr>`,
    ),
  );
};

const failures = (release: AnsweredRelease): Content => {
  const failed = release.rollouts.filter(rollout => rollout.failures.length > 0);
  if (failed.length === 0) return '';
  return html`<h3>Why ${failed.length === 1 ? 'a rollout counts' : 'rollouts count'} as failed</h3>
    <ul class="plain">
      ${failed.map(
        rollout =>
          html`<li>
            ${called(rollout.service)}:
            ${rollout.failures.map(({ reason, by }, index) => [
              index > 0 && '; ',
              codeInWords(reason).toLowerCase(),
              ' ',
              record(release, reason === 'confirmed-cause' ? 'incident' : 'deployment', by),
            ])}
          </li>`,
      )}
    </ul>`;
};
