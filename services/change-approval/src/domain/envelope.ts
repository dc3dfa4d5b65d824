import { canonical, digestOf, isBefore } from '@slipway/canonical';
import type { ChangeEvent } from '@slipway/contracts';
import type { Proposal, RaisedChange } from './change-state.ts';
import type { Assessment } from './risk.ts';

export type Difference = Extract<ChangeEvent, { type: 'ChangeRevised' }>['data']['difference'];

/** Everything of a proposal that somebody approves, by path; the parts of the content on their own. */
const parts = ({
  content,
  window,
  backoutMinutes,
  commitAuthors,
  builders,
  implementationPlan,
}: Proposal): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(Object.entries(content).map(([key, value]) => [`/content/${key}`, value])),
  ...Object.fromEntries(
    Object.entries({ window, backoutMinutes, commitAuthors, builders, implementationPlan }).map(([key, value]) => [
      `/${key}`,
      value,
    ]),
  ),
});

/** What a proposal changes, as JSON pointers with the values before and after (null: absent). */
export const differenceOf = (change: RaisedChange, proposal: Proposal, risk?: Assessment): Difference => {
  const before = { ...parts(change.proposal), ...(risk && { '/riskLevel': change.envelope.riskLevel }) };
  const after = { ...parts(proposal), ...(risk && { '/riskLevel': risk.level }) };
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map(path => ({ path, before: valueAt(before, path), after: valueAt(after, path) }))
    .filter(each => canonical(each.before) !== canonical(each.after));
};

// The content is in the event already: what is long is told by its digest, so that the event stays within its bounds.
const LONG = 4_096;

const valueAt = (values: Readonly<Record<string, unknown>>, path: string): unknown => {
  const value = values[path] ?? null;
  return canonical(value).length > LONG ? digestOf(value) : value;
};

/** Only the window differs, and it lies inside the one that is approved or being approved. */
export const staysInside = ({ envelope }: RaisedChange, { window }: Proposal, difference: Difference): boolean =>
  difference.every(({ path }) => path === '/window') &&
  !isBefore(window.start, envelope.notBefore) &&
  !isBefore(envelope.notAfter, window.end);
