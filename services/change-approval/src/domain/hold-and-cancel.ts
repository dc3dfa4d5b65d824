import type { ChangeEvent } from '@slipway/contracts';
import { type Decision, type Message, reject, type Stamped } from '@slipway/event-sourcing';
import type { RaisedChange } from './change-state.ts';
import { runs } from './implementation.ts';

export type HoldChange = Message<'HoldChange', { reason: string }>;
export type ResumeChange = Message<'ResumeChange', { reason?: string }>;
/** `allowed`: a deployment of it may start right now, by an allow that is still valid. */
export type CancelChange = Message<'CancelChange', { reason: string; allowed?: boolean }>;

export type InterruptionRefusal = 'deployment-running';
type InterruptionDecision = Decision<ChangeEvent, InterruptionRefusal>;

export const hold = ({ data: { reason }, stamp }: Stamped<HoldChange>, change: RaisedChange): InterruptionDecision =>
  change.onHold ? [] : [{ type: 'ChangeHeld', data: { reason, ...stamp } }];

export const resume = (
  { data: { reason }, stamp }: Stamped<ResumeChange>,
  change: RaisedChange,
): InterruptionDecision =>
  change.onHold ? [{ type: 'ChangeResumed', data: { ...(reason && { reason }), ...stamp } }] : [];

export const cancel = (
  { data: { reason, allowed }, stamp }: Stamped<CancelChange>,
  change: RaisedChange,
): InterruptionDecision => {
  if (change.status === 'canceled') return [];
  if (runs(change)) return reject('deployment-running', 'A deployment of it runs.');
  if (allowed) return reject('deployment-running', 'A deployment of it was allowed a moment ago and may start.');
  return [{ type: 'ChangeCanceled', data: { reason, ...stamp } }];
};
