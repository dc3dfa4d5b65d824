import type { ProblemEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';

export type ProblemState = 'Open' | 'KnownError' | 'Resolved' | 'Closed';

export type ProblemView = Omit<Extract<ProblemEvent, { type: 'ProblemOpened' }>['data'], keyof Stamp> &
  Readonly<{
    state: ProblemState;
    openedAt: string;
    workaround?: string;
    workaroundAt?: string;
    rootCause?: string;
    knownErrorAt?: string;
    /** The changes that are to resolve it. */
    changeIds: readonly string[];
    /** The one that did. */
    resolvedBy?: string;
    resolvedAt?: string;
    note?: string;
    closedAt?: string;
  }>;

const problemView = (view: ProblemView | undefined, event: Recorded<ProblemEvent>): ProblemView | undefined => {
  if (event.type === 'ProblemOpened') return opened(event.data);
  return view && { ...(event.type === 'ProblemReopened' ? unresolved(view) : view), ...stepOf(view, event) };
};

/** With labels, references, comments and files. */
export const problemRecord = describedView('problem', problemView);

const opened = (data: Extract<ProblemEvent, { type: 'ProblemOpened' }>['data']): ProblemView => {
  const { title, owner, description, serviceIds, incidentIds, occurredAt } = data;
  const said = { title, owner, ...(description && { description }) };
  return { ...said, serviceIds, incidentIds, changeIds: [], state: 'Open', openedAt: occurredAt };
};

const unresolved = (view: ProblemView): ProblemView => {
  const { resolvedBy: _, resolvedAt: __, note: ___, ...rest } = view;
  return rest;
};

const stepOf = (view: ProblemView, event: ProblemEvent): Partial<ProblemView> => {
  const at = event.data.occurredAt;
  switch (event.type) {
    case 'ProblemIncidentLinked':
      return { incidentIds: [...view.incidentIds, event.data.incidentId] };
    case 'ProblemIncidentUnlinked':
      return { incidentIds: view.incidentIds.filter(each => each !== event.data.incidentId) };
    case 'WorkaroundRecorded':
      return { workaround: event.data.workaround, workaroundAt: at };
    case 'KnownErrorDeclared':
      return { state: 'KnownError', rootCause: event.data.rootCause, knownErrorAt: at };
    case 'ProblemChangeLinked':
      return { changeIds: [...view.changeIds, event.data.changeId] };
    case 'ProblemChangeUnlinked':
      return { changeIds: view.changeIds.filter(each => each !== event.data.changeId) };
    case 'ProblemResolved': {
      const { changeId, note } = event.data;
      const changeIds = [...new Set([...view.changeIds, ...(changeId ? [changeId] : [])])];
      return {
        state: 'Resolved',
        resolvedAt: at,
        changeIds,
        ...(changeId && { resolvedBy: changeId }),
        ...(note && { note }),
      };
    }
    case 'ProblemReopened':
      return { state: view.knownErrorAt ? 'KnownError' : 'Open' };
    case 'ProblemClosed':
      return { state: 'Closed', closedAt: at };
    default:
      return {};
  }
};
