import { definitionOf } from '../measures/index.ts';
import { html, type Markup } from './markup.ts';
import { section } from './page.ts';

const TERMS = {
  'Made of':
    'Numerator and denominator; of durations their sum and count. The link opens the figure down to everybody who is in it, and from there to the events.',
  Counted: 'How many rollouts, incidents, changes or commits the population has.',
  'No data': 'There was nothing to measure, for the reason that stands beside it. That is not 0.',
  '95 % interval':
    'Where the true value lies with that confidence: Wilson for shares, a Poisson score for rates, order statistics for medians, from six values on.',
  'Against before':
    'The difference from the period before with its own interval. Higher or lower is said only where that interval leaves no difference out. Of twenty differences that are chance alone, one is called clear all the same.',
  'Data quality':
    'Of those in question, the share whose facts are complete and possible. What is missing or impossible is listed, never dropped or clipped.',
  Open: 'Not over by the end of the period: in no figure, and not forgotten.',
  '‡ restated': 'A correction changed it after its period was closed.',
  'Down to events':
    '/v1/deployments/{id}/events, /v1/incidents/{id}/events and /v1/changes/{id}/events have the events of each record that a figure names.',
} as const;

/** What columns and marks mean, and what each measure counts. */
export const reading = ({ measures = [] }: Readonly<{ measures?: readonly Readonly<{ measure: string }>[] }>): Markup =>
  section('reading', 'How to read this', [
    html`<dl class="terms">
      ${Object.entries(TERMS).map(
        ([term, text]) =>
          html`<dt>${term}</dt>
            <dd>${text}</dd>`,
      )}
    </dl>`,
    measures.length > 0 &&
      html`<h3>Sources of the definitions</h3>
        <p class="small">
          ${measures.map(({ measure }, index) => {
            const found = definitionOf(measure);
            return found ? `${index > 0 ? '; ' : ''}${found.title}: ${found.source}, ${found.version}` : '';
          })}.
        </p>`,
  ]);
