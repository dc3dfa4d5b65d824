import type { AnsweredReport, AnsweredSlice, Restatement } from '../report/answered.ts';
import { amount, codeInWords, grouped, periodInWords, shortMoment } from './amounts.ts';
import { type Content, html, type Markup } from './markup.ts';
import { section, table } from './page.ts';

type Restated = Readonly<{ zone: string; restatements?: readonly Restatement[]; slices?: readonly AnsweredSlice[] }>;

/** What corrections did to the periods of a report after their close; nothing where nobody looked for any. */
export const restatementsIn = (report: Restated | AnsweredReport): Content => {
  const found = [report, ...(report.slices ?? [])].flatMap(({ restatements = [] }) => restatements);
  const all = [...new Map(found.map(each => [each.id, each])).values()];
  if (report.restatements === undefined && all.length === 0) return '';
  if (all.length === 0)
    return section('restatements', 'Restatements', html`<p>No figure of this period was changed after its close.</p>`);
  return section('restatements', 'Restatements', [
    html`<p>
      ${grouped(all.length)} ${all.length === 1 ? 'correction' : 'corrections'} changed figures after their period was
      closed. They are marked ‡ where they stand.
    </p>`,
    table(
      'Restatements, with the figures that each changed',
      [['Period'], ['Recorded'], ['Restatement'], ['Figure'], ['Before', 'n'], ['After', 'n']],
      all.flatMap(each => rowsOf(each, report.zone)),
    ),
  ]);
};

const rowsOf = (restatement: Restatement, zone: string): readonly Markup[] => {
  const { period, at, id, figures = [] } = restatement;
  const about = html`<th scope="row">${periodInWords(period)}</th>
    <td class="w">${shortMoment(at, zone)}</td>
    <td><code>${id}</code></td>`;
  if (figures.length === 0)
    return [
      html`<tr>
        ${about}
        <td>see the restatement log</td>
        <td class="n"></td>
        <td class="n"></td>
      </tr>`,
    ];
  return figures.map(
    ({ serviceId, measure, series, before, after }) =>
      html`<tr>
        ${about}
        <td>
          ${codeInWords(measure)}: ${series}<span class="sub"><code>${serviceId}</code></span>
        </td>
        <td class="n">${said(measure, series, before)}</td>
        <td class="n">${said(measure, series, after)}</td>
      </tr>`,
  );
};

const SHARES = ['change-fail-rate', 'rework-rate', 'rollback-rate', 'change-success', 'emergency-share'];

const said = (measure: string, series: string, value: number | null): string => {
  if (series === 'rollouts-per-day') return amount(value, 'per-day');
  return amount(value, SHARES.includes(measure) || series === 'share-of-days' ? 'ratio' : 'seconds');
};
