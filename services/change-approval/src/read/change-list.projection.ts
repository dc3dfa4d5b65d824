import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { ChangeEvent } from '@slipway/contracts';
import { placesWith } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { ChangeRow, OpenSlot } from './change-list.entity.ts';

type Row = RowOf<ChangeRow>;
type Of<Type extends ChangeEvent['type']> = Extract<ChangeEvent, { type: Type }>;
type Proposed = Omit<Of<'ChangeRevised'>['data'], 'difference'>;

const windowOf = ({ window }: Pick<Proposed, 'window'>) => ({ windowStart: window.start, windowEnd: window.end });

const proposed = (
  { content, contentDigest, window, commitAuthors, builders }: Proposed,
  serviceIds: readonly string[],
) => ({
  contentDigest,
  ...windowOf({ window }),
  services: [...new Set(content.targets.map(({ serviceId }) => serviceId))],
  environments: [...new Set(content.targets.map(({ environmentId }) => environmentId))],
  places: placesWith(content.targets, serviceIds).map(
    ({ serviceId, environmentId = '' }) => `${serviceId}/${environmentId}`,
  ),
  authors: [...new Set([...commitAuthors, ...builders])],
});

/** No round of approvals is open. */
const nobodyAsked: Pick<Row, 'openSlots' | 'approvers'> = { openSlots: [], approvers: [] };

const slotOf = ({ slot, role, count }: Of<'ApprovalRequested'>['data']): OpenSlot => ({ slot, role, missing: count });

// The first request after a raise, a revision or a rejection begins the round.
const openIn = ({ state, openSlots }: Row): readonly OpenSlot[] => (state === 'Authorize' ? openSlots : []);

const filled = (slots: readonly OpenSlot[], name: string): OpenSlot[] =>
  slots
    .map(each => (each.slot === name ? { ...each, missing: each.missing - 1 } : each))
    .filter(({ missing }) => missing > 0);

const raised = ({ stream, version, data }: Delivery<Of<'ChangeRaised'>>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  model: data.model,
  requester: data.requester,
  requesters: [data.requester],
  ...nobodyAsked,
  state: 'New',
  onHold: false,
  unauthorized: false,
  closeCode: null,
  riskLevel: null,
  releaseIds: [...data.releaseIds],
  ...proposed(data, data.serviceIds),
  labels: [],
  refs: [],
  reviewDueAt: null,
  raisedAt: data.recordedAt,
  updatedAt: data.recordedAt,
  version,
});

// oxlint-disable-next-line max-lines-per-function -- one line a fact
const changesBy = (event: ChangeEvent, row: Row): Partial<Row> => {
  switch (event.type) {
    case 'ChangeRevised':
      return {
        state: 'New',
        ...proposed(
          event.data,
          event.data.content.artifacts.map(({ serviceId }) => serviceId),
        ),
        ...nobodyAsked,
        requesters: [...new Set([...row.requesters, event.data.actor])],
      };
    case 'ChangeMoved':
      return windowOf(event.data);
    case 'RiskAssessed':
      return { riskLevel: event.data.level, state: row.state === 'New' ? 'Assess' : row.state };
    case 'ApprovalRequested':
      return { state: 'Authorize', openSlots: [...openIn(row), slotOf(event.data)] };
    case 'ApprovalGranted':
      return { approvers: [...row.approvers, event.data.approver], openSlots: filled(row.openSlots, event.data.slot) };
    case 'ChangeScheduled':
      return { state: 'Scheduled' };
    case 'ChangeImplementationStarted':
      return { state: 'Implement' };
    case 'ChangeReviewStarted':
      return { state: 'Review' };
    case 'ChangeClosed':
      return { state: 'Closed' };
    case 'ChangeCanceled':
      return { state: 'Canceled', ...nobodyAsked };
    case 'ChangeRejected':
      return { state: 'New', ...nobodyAsked };
    case 'ChangeHeld':
      return { onHold: true };
    case 'ChangeResumed':
      return { onHold: false };
    case 'ChangeFoundUnauthorized':
      return { unauthorized: true };
    case 'ReviewDue':
      return { reviewDueAt: event.data.dueAt };
    case 'ChangeReviewed':
      return { closeCode: event.data.closeCode };
    default:
      return {};
  }
};

export const changeList = rowPerStream<ChangeEvent, Row>({
  consumer: 'change-approval.changes',
  categories: ['change'],
  table: 'changes_v1',
  numbered: true,
  fold: describedRow('change', (row, event) => {
    if (event.type === 'ChangeRaised') return row ?? raised(event);
    const { version, data } = event;
    return row && { ...row, version, updatedAt: data.recordedAt, ...changesBy(event, row) };
  }),
});
