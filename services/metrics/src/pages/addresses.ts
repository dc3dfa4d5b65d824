import { type AnsweredReport, type AnsweredSlice, limitsOf } from '../report/answered.ts';
import { html, type Markup } from './markup.ts';

/** Where somebody who asks for more finds it. Relative to where Slipway answers. */
export type Address = string;

/** A measure with everybody who is in it: the way down to events. `others`: what the report was asked beside its limits. */
export const addressOf = (
  report: AnsweredReport,
  measure: string,
  slice: AnsweredSlice = report,
  others: Readonly<Record<string, string>> = {},
): Address => {
  const limits = limitsOf(report).map(({ parameter, value }) => [parameter, value] as const);
  const query = new Map<string, string>([...Object.entries(others), ...limits]);
  if (slice.by !== undefined && slice.id !== undefined) query.set(slice.by, slice.id);
  query.set('from', slice.from).set('to', slice.to).set('zone', report.zone);
  query.set('by', 'none').set('position', String(report.position));
  return `/v1/metrics/${measure}?${new URLSearchParams([...query]).toString()}`;
};

const PLURALS = { deployment: 'deployments', incident: 'incidents', change: 'changes', release: 'releases' } as const;

/** The events of a record. */
export const eventsOf = (record: keyof typeof PLURALS, id: string): Address =>
  `/v1/${PLURALS[record]}/${encodeURIComponent(id)}/events`;

export const linked = (address: Address, text: string | Markup): Markup => html`<a href="${address}">${text}</a>`;
