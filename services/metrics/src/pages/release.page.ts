import { type AnsweredMeasure, oldestOf } from '../report/answered.ts';
import type { ReleaseSummary } from '../report/release-summary.ts';
import { eventsOf, linked } from './addresses.ts';
import { codeInWords, duration, grouped, moment, shortMoment } from './amounts.ts';
import { chiefOf } from './delivery.page.ts';
import { card, figureTable, type Shown } from './figures.ts';
import { called, type Content, html, type Markup } from './markup.ts';
import { documentOf, section, table } from './page.ts';
import { reading } from './reading.ts';
import { type Lane, timelineChart } from './timeline-chart.ts';
import { shortTitle } from './titles.ts';

/** A release summary as it is answered. */
export type AnsweredRelease = ReleaseSummary &
  Readonly<{
    id: string;
    number?: string;
    numbers: Readonly<Record<string, string>>;
    zone: string;
    asOf: string;
    position: number;
  }>;

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

const whereAndWhen = (release: AnsweredRelease): Content => {
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

/** A number where the record has one, else the beginning of its id. */
const nameOf = ({ numbers }: AnsweredRelease, record: string, id: string): string => numbers[`${record}-${id}`] ?? id;

const record = (release: AnsweredRelease, kind: 'deployment' | 'incident' | 'change', id: string): Markup =>
  linked(eventsOf(kind, id), html`<code>${nameOf(release, kind, id)}</code>`);

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

const incidents = (release: AnsweredRelease): Content => {
  if (release.incidents.length === 0) return '';
  const time = (at: string): string => shortMoment(at, release.zone);
  return section(
    'incidents',
    'Incidents that it caused',
    table(
      'Incidents of which a deployment or a change of it is a cause',
      [['Incident'], ['Impact from'], ['Detected'], ['Restored'], ['Impact', 'n'], ['Caused by']],
      release.incidents.map(
        each =>
          html`<tr>
            <th scope="row">${record(release, 'incident', each.incidentId)}</th>
            <td>${time(each.impactStartedAt)}</td>
            <td>${time(each.detectedAt)}</td>
            <td>${each.restoredAt === undefined ? html`<strong>open</strong>` : time(each.restoredAt)}</td>
            <td class="n">${impactIn(each)}</td>
            <td>${each.causes.map((id, index) => [index > 0 && ', ', record(release, 'deployment', id)])}</td>
          </tr>`,
      ),
    ),
  );
};

const impactIn = (incident: AnsweredRelease['incidents'][number]): Content => {
  if (incident.canceled) return html`<span class="empty">duplicate or false alarm</span>`;
  if (incident.ageSeconds !== undefined) return `${duration(incident.ageSeconds)} by now`;
  return incident.impactSeconds === undefined
    ? html`<span class="empty">its times contradict each other</span>`
    : duration(incident.impactSeconds);
};

const changes = (release: AnsweredRelease): Content => {
  if (release.changes.length === 0) return '';
  const time = (at: string | undefined): string => (at === undefined ? '' : shortMoment(at, release.zone));
  return section(
    'changes',
    'Changes and their approval',
    table(
      'Changes of the release',
      [
        ['Change'],
        ['Model'],
        ['Asked for'],
        ['Approved'],
        ['Took', 'n'],
        ['Business time', 'n'],
        ['Closed'],
        ['Close code'],
      ],
      release.changes.map(
        each =>
          html`<tr>
            <th scope="row">${record(release, 'change', each.changeId)}</th>
            <td>
              ${each.model}${each.breakGlass && ', break-glass'}${each.unauthorized && html`, <strong>unauthorized</strong>`}
            </td>
            <td>${time(each.requestedAt)}</td>
            <td>
              ${each.awaiting ? 'awaited' : time(each.approvedAt)}${each.approvals > 1 && html`<span class="sub">${each.approvals} times</span>`}
            </td>
            <td class="n">${each.approvalSeconds === undefined ? '' : duration(each.approvalSeconds)}</td>
            <td class="n">
              ${each.approvalBusinessSeconds === undefined ? '' : duration(each.approvalBusinessSeconds)}
            </td>
            <td>${time(each.closedAt ?? each.canceledAt)}</td>
            <td>${each.canceledAt !== undefined ? 'Canceled' : codeInWords(each.closeCode ?? 'not-closed')}</td>
          </tr>`,
      ),
    ),
  );
};

const scope = ({ scope: items, artifacts }: AnsweredRelease): Content => {
  if (items.length === 0 && artifacts.length === 0) return '';
  return section('scope', 'What it brought', [
    items.length > 0 &&
      table(
        'Scope',
        [['Key'], ['Kind'], ['Title']],
        items.map(
          ({ key, kind, title }) =>
            html`<tr>
              <th scope="row">${called(key)}</th>
              <td>${codeInWords(kind)}</td>
              <td>${called(title)}</td>
            </tr>`,
        ),
      ),
    artifacts.length > 0 &&
      table(
        'Artifacts',
        [['Service'], ['Digest'], ['Commits', 'n'], ['Pull requests', 'n']],
        artifacts.map(
          ({ service, digest, commits, pullRequests }) =>
            html`<tr>
              <th scope="row">${called(service)}</th>
              <td><code>${digest}</code></td>
              <td class="n">${grouped(commits)}</td>
              <td class="n">${grouped(pullRequests)}</td>
            </tr>`,
        ),
      ),
  ]);
};
