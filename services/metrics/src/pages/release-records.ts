import type { AnsweredRelease } from '../report/answered-release.ts';
import { codeInWords, duration, grouped, shortMoment } from './amounts.ts';
import { called, type Content, html } from './markup.ts';
import { section, table } from './page.ts';
import { record } from './release-names.ts';

export const incidents = (release: AnsweredRelease): Content => {
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

export const changes = (release: AnsweredRelease): Content => {
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

export const successCriteria = ({ successCriteria: criteria, zone }: AnsweredRelease): Content =>
  criteria.length > 0 &&
  section(
    'success',
    'Success criteria',
    table(
      'What was to become of it, as it was declared while it was planned, and what people judged',
      [['Criterion'], ['To be met'], ['Verdict'], ['Judged'], ['Measured', 'n']],
      criteria.map(
        ({ title, measurement, verdict, judgedAt, measured }) =>
          html`<tr>
            <th scope="row">${called(title)}</th>
            <td>
              ${
                measurement
                  ? `${codeInWords(measurement.measure)}, ${codeInWords(measurement.series).toLowerCase()} (${measurement.statistic}) ${measurement.condition} ${measurement.limit}, ${grouped(measurement.days)} days after it`
                  : 'in words, which stay with the release'
              }
            </td>
            <td>${verdict === undefined ? html`<strong>not judged yet</strong>` : codeInWords(verdict)}</td>
            <td>${judgedAt === undefined ? '' : shortMoment(judgedAt, zone)}</td>
            <td class="n">${measured ? String(measured.value) : ''}</td>
          </tr>`,
      ),
    ),
  );

export const scope = ({ scope: items, artifacts }: AnsweredRelease): Content => {
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
