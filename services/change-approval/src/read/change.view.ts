import { type ChangeEvent, isOwn, type OwnEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';
import { isWork, noWork, workAfter, type WorkEvent, type WorkView } from './change-work.view.ts';
import { withoutStamp } from './without-stamp.ts';

type FactsOf<Type extends ChangeEvent['type']> = Omit<Extract<ChangeEvent, { type: Type }>['data'], keyof Stamp>;
type Raised = FactsOf<'ChangeRaised'>;

export type ChangeState = 'New' | 'Assess' | 'Authorize' | 'Scheduled' | 'Implement' | 'Review' | 'Closed' | 'Canceled';

/** A yes or a no that was given; void is final. */
export type Approval = Readonly<{
  slot: string;
  state: 'Approved' | 'Rejected' | 'Void';
  approver: string;
  roleGrantId: string;
  contentDigest: string;
  comment?: string;
  at: string;
  cause?: string;
}>;

export type Attempt = Readonly<{
  deploymentId: string;
  target: Raised['content']['targets'][number];
  undoes?: string;
  byHand?: boolean;
  outcome?: string;
}>;

export type ChangeView = Omit<Raised, 'releaseIds'> &
  WorkView &
  Readonly<{
    state: ChangeState;
    onHold: boolean;
    reason?: string;
    releaseIds: readonly string[];
    riskAssessment?: FactsOf<'RiskAssessed'>;
    /** What is asked for in this round. */
    slots: readonly FactsOf<'ApprovalRequested'>[];
    /** Every verdict ever given, in order. */
    approvals: readonly Approval[];
    envelope?: FactsOf<'ChangeAuthorized'>['envelope'];
    authorization?: FactsOf<'ChangeAuthorized'>['authorization'];
    attempts: readonly Attempt[];
    outcomes?: FactsOf<'ChangeReviewStarted'>['outcomes'];
    reviewDueAt?: string;
    closeCode?: string;
    note?: string;
    unauthorized: boolean;
    raisedAt: string;
    updatedAt: string;
  }>;

const raised = (event: Extract<ChangeEvent, { type: 'ChangeRaised' }>): ChangeView => ({
  ...withoutStamp(event.data),
  ...noWork,
  state: 'New',
  onHold: false,
  slots: [],
  approvals: [],
  attempts: [],
  unauthorized: false,
  raisedAt: event.data.recordedAt,
  updatedAt: event.data.recordedAt,
});

/** A change, sealed texts included. */
export const changeView = (view: ChangeView | undefined, event: Recorded<ChangeEvent>): ChangeView | undefined => {
  if (event.type === 'ChangeRaised') return raised(event);
  return view && { ...after(view, event), updatedAt: event.data.recordedAt };
};

const after = (view: ChangeView, event: Exclude<Recorded<ChangeEvent>, { type: 'ChangeRaised' }>): ChangeView => {
  if (isWork(event)) return { ...view, ...workAfter(view, event) };
  return isOwn(event) && event.type !== 'ChangeImported' ? stepOf(view, event) : view;
};

/** With labels, references, comments and files. */
export const changeRecord = describedView('change', changeView);

const noted = (attempts: readonly Attempt[], next: Attempt): readonly Attempt[] => {
  const known = attempts.find(({ deploymentId }) => deploymentId === next.deploymentId);
  if (!known) return [...attempts, next];
  return attempts.map(each => (each === known ? { ...known, ...next } : each));
};

const revised = (view: ChangeView, data: FactsOf<'ChangeRevised'>): ChangeView => {
  const { content, contentDigest, window, commitAuthors, builders, backoutMinutes, implementationPlan } = data;
  const {
    envelope: _envelope,
    authorization: _authorization,
    riskAssessment: _risk,
    backoutMinutes: _before,
    implementationPlan: _plan,
    ...rest
  } = view;
  const proposal = { content, contentDigest, window, commitAuthors, builders };
  const planned = { ...(backoutMinutes && { backoutMinutes }), ...(implementationPlan && { implementationPlan }) };
  return { ...rest, ...proposal, ...planned, state: 'New', slots: [] };
};

const verdict = (
  view: ChangeView,
  event: Extract<ChangeEvent, { type: 'ApprovalGranted' | 'ApprovalRejected' }>,
): ChangeView => {
  const { slot, approver, roleGrantId, contentDigest, comment, recordedAt: at } = event.data;
  const state = event.type === 'ApprovalGranted' ? 'Approved' : 'Rejected';
  return {
    ...view,
    approvals: [
      ...view.approvals,
      { slot, state, approver, roleGrantId, contentDigest, ...(comment && { comment }), at },
    ],
  };
};

const voided = (view: ChangeView, { slot, approver, cause }: FactsOf<'ApprovalVoided'>): ChangeView => ({
  ...view,
  approvals: view.approvals.map(each =>
    each.slot === slot && each.approver === approver && each.state === 'Approved'
      ? { ...each, state: 'Void', cause }
      : each,
  ),
});

type Step = Exclude<OwnEvent<Recorded<ChangeEvent>>, { type: 'ChangeRaised' | 'ChangeImported' } | WorkEvent>;

// oxlint-disable-next-line max-lines-per-function -- one line a fact
const stepOf = (view: ChangeView, event: Step): ChangeView => {
  switch (event.type) {
    case 'RiskAssessed':
      return { ...view, state: view.state === 'New' ? 'Assess' : view.state, riskAssessment: withoutStamp(event.data) };
    case 'ApprovalRequested':
      return {
        ...view,
        state: 'Authorize',
        slots: [...(view.state === 'Authorize' ? view.slots : []), withoutStamp(event.data)],
      };
    case 'ApprovalGranted':
    case 'ApprovalRejected':
      return verdict(view, event);
    case 'ApprovalVoided':
      return voided(view, event.data);
    case 'ChangeMoved':
      return { ...view, window: event.data.window };
    case 'ChangeRevised':
      return revised(view, withoutStamp(event.data));
    case 'ChangeAuthorized':
      return { ...view, envelope: event.data.envelope, authorization: event.data.authorization };
    case 'ChangeScheduled':
      return { ...view, state: 'Scheduled' };
    case 'ChangeHeld':
      return { ...view, onHold: true, reason: event.data.reason };
    case 'ChangeResumed': {
      // Why it was on hold stands in its events.
      const { reason: _, ...resumed } = view;
      return { ...resumed, onHold: false };
    }
    case 'ChangeImplementationStarted':
      return { ...view, state: 'Implement' };
    case 'TargetAttempted':
      return { ...view, attempts: noted(view.attempts, withoutStamp(event.data)) };
    case 'TargetSettled': {
      const { deploymentId, ...settled } = withoutStamp(event.data);
      return deploymentId ? { ...view, attempts: noted(view.attempts, { deploymentId, ...settled }) } : view;
    }
    case 'ChangeFoundUnauthorized':
      return { ...view, unauthorized: true };
    case 'ChangeReviewStarted':
      return { ...view, state: 'Review', outcomes: event.data.outcomes };
    case 'ReviewDue':
      return { ...view, reviewDueAt: event.data.dueAt };
    case 'ChangeReviewed':
      return { ...view, closeCode: event.data.closeCode, ...(event.data.note && { note: event.data.note }) };
    case 'ChangeClosed':
      return { ...view, state: 'Closed' };
    case 'ChangeCanceled':
      return { ...view, state: 'Canceled', reason: event.data.reason };
    case 'ChangeRejected':
      return { ...view, state: 'New', slots: [] };
  }
};
