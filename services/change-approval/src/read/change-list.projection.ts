import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { ChangeEvent } from '@slipway/contracts';
import { placesWith } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { ChangeRow } from './change-list.entity.ts';

type Row = RowOf<ChangeRow>;
type Of<Type extends ChangeEvent['type']> = Extract<ChangeEvent, { type: Type }>;
type Proposed = Pick<Of<'ChangeRevised'>['data'], 'content' | 'contentDigest' | 'window'>;

const windowOf = ({ window }: Pick<Proposed, 'window'>) => ({ windowStart: window.start, windowEnd: window.end });

const proposed = ({ content, contentDigest, window }: Proposed, serviceIds: readonly string[]) => ({
  contentDigest,
  ...windowOf({ window }),
  services: [...new Set(content.targets.map(({ serviceId }) => serviceId))],
  environments: [...new Set(content.targets.map(({ environmentId }) => environmentId))],
  places: placesWith(content.targets, serviceIds).map(
    ({ serviceId, environmentId = '' }) => `${serviceId}/${environmentId}`,
  ),
});

const raised = ({ stream, version, data }: Delivery<Of<'ChangeRaised'>>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  model: data.model,
  requester: data.requester,
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

const changesBy = (event: ChangeEvent, { state }: Row): Partial<Row> => {
  switch (event.type) {
    case 'ChangeRevised':
      return {
        state: 'New',
        ...proposed(
          event.data,
          event.data.content.artifacts.map(({ serviceId }) => serviceId),
        ),
      };
    case 'ChangeMoved':
      return windowOf(event.data);
    case 'RiskAssessed':
      return { riskLevel: event.data.level, state: state === 'New' ? 'Assess' : state };
    case 'ApprovalRequested':
      return { state: 'Authorize' };
    case 'ChangeScheduled':
      return { state: 'Scheduled' };
    case 'ChangeImplementationStarted':
      return { state: 'Implement' };
    case 'ChangeReviewStarted':
      return { state: 'Review' };
    case 'ChangeClosed':
      return { state: 'Closed' };
    case 'ChangeCanceled':
      return { state: 'Canceled' };
    case 'ChangeRejected':
      return { state: 'New' };
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
