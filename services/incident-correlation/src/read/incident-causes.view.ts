import type { IncidentEvent } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';

type Of<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>['data'];
type FactsOf<Type extends IncidentEvent['type']> = Omit<Of<Type>, keyof Stamp>;
type Verdict = 'open' | 'confirmed' | 'rejected';

export type CandidateView = FactsOf<'CauseProposed'>['candidates'][number] & Readonly<{ verdict: Verdict }>;
export type CauseView = FactsOf<'CauseConfirmed'> & Readonly<{ by: string; at: string }>;
/** What is thought of the cause. */
export type CausesView = Readonly<{
  scoringVersion?: string;
  candidates: readonly CandidateView[];
  causes: readonly CauseView[];
}>;

export type CauseEvent = Extract<
  IncidentEvent,
  { type: 'CauseProposed' | 'CauseConfirmed' | 'CauseRejected' | 'CauseWithdrawn' }
>;

export const causesAfter = (view: CausesView, event: CauseEvent): Partial<CausesView> => {
  switch (event.type) {
    case 'CauseProposed':
      return {
        scoringVersion: event.data.scoringVersion,
        candidates: event.data.candidates.map(candidate => ({ ...candidate, verdict: 'open' })),
      };
    case 'CauseConfirmed':
      return confirmed(view, event.data);
    case 'CauseRejected':
      return {
        candidates: judged(view, event.data.deploymentId, 'rejected'),
        causes: view.causes.filter(({ deploymentId }) => deploymentId !== event.data.deploymentId),
      };
    case 'CauseWithdrawn':
      return {
        candidates: judged(view, event.data.deploymentId, 'open'),
        causes: view.causes.filter(each => !isSame(each, event.data)),
      };
  }
};

const NO_CHANGE = ['not-change-related', 'unknown'];

type Subject = Pick<CauseView, 'kind' | 'deploymentId' | 'changeId'>;

const isSame = (one: Subject, other: Subject): boolean =>
  one.kind === other.kind &&
  one.deploymentId === other.deploymentId &&
  (one.kind === 'deployment' || one.changeId === other.changeId);

const confirmed = (view: CausesView, data: Of<'CauseConfirmed'>): Partial<CausesView> => {
  const { kind, deploymentId, changeId, primary, note, actor, occurredAt } = data;
  const before = view.causes.find(each => isSame(each, data));
  const said = note ?? before?.note;
  const subject = { kind, ...(deploymentId && { deploymentId }), ...(changeId && { changeId }) };
  const cause: CauseView = { ...subject, primary, ...(said && { note: said }), by: actor, at: occurredAt };
  const others = view.causes.filter(each => each !== before && !NO_CHANGE.includes(each.kind));
  return {
    causes: [...others.map(each => (primary ? { ...each, primary: false } : each)), cause],
    candidates: judged(view, deploymentId, 'confirmed'),
  };
};

const judged = (view: CausesView, deploymentId: string | undefined, verdict: Verdict): readonly CandidateView[] =>
  view.candidates.map(each => (each.deploymentId === deploymentId ? { ...each, verdict } : each));
