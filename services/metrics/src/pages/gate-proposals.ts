import type { Executive } from '../report/executive.ts';
import type { GateProposal } from '../report/gate-proposals.ts';
import { amount, codeInWords, difference, differences, grouped, rounded } from './amounts.ts';
import { madeOf } from './figures.ts';
import { called, html, type Markup } from './markup.ts';
import { section } from './page.ts';

/** What the rules propose for whoever owns the gates, with the figures that made them. */
export const gateSection = ({ proposals, services }: Pick<Executive, 'proposals' | 'services'>): Markup =>
  section('gates', 'Proposed gate changes', [
    html`<p>
      ${
        proposals.items.length === 0
          ? 'No rule is met: no figure of a service rose further than chance explains.'
          : 'For people to decide on: none of these is ever applied by itself.'
      }
      <span class="small"
        >${grouped(proposals.comparable)} differences of ${grouped(services.length)} services could be told from chance;
        of those, about ${rounded(proposals.comparable * ONE_SIDED)} would be proposed by chance alone.</span
      >
    </p>`,
    proposals.items.map(proposalOf),
    html`<p class="small">
      Rules:
      ${proposals.rules.map(
        ({ rule, version, gate }, index) =>
          `${index > 0 ? '; ' : ''}${rule} ${version} proposes ${codeInWords(gate).toLowerCase()}`,
      )}.
    </p>`,
  ]);

/** How often an interval of 95 % lies above no difference where there is none. */
const ONE_SIDED = 0.025;

const UNITS = 'ratio';

const proposalOf = (proposal: GateProposal): Markup => {
  const { service, gate, comparison, value, rule, version, definition, measure } = proposal;
  const { before, difference: by, interval } = comparison;
  return html`<div class="proposal">
    <h3>${called(service)}: ${codeInWords(gate).toLowerCase()}</h3>
    <p>${proposal.proposal}</p>
    <p>
      ${codeInWords(measure)} ${amount(value, UNITS)} (${madeOf({ ...proposal, unit: UNITS })}), the period before
      ${amount(before.value, UNITS)} (${madeOf({ ...before, unit: UNITS })}):
      ${by !== null && difference(by, UNITS)}${interval && html`, 95 % ${differences(interval.low, interval.high, UNITS)}`}.
      ${proposal.reason}
    </p>
    <p class="small">Rule ${rule}, ${version}; definition ${definition}.</p>
  </div>`;
};
