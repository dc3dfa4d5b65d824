import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { ProblemEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { ProblemRow } from './problem-list.entity.ts';

type Row = RowOf<ProblemRow>;

const opened = ({ stream, version, data }: Delivery<Extract<ProblemEvent, { type: 'ProblemOpened' }>>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  owner: data.owner,
  state: 'Open',
  hasWorkaround: false,
  isKnownError: false,
  serviceIds: [...data.serviceIds],
  incidentIds: [...data.incidentIds],
  changeIds: [],
  labels: [],
  refs: [],
  openedAt: data.occurredAt,
  resolvedAt: null,
  version,
});

const changesBy = (event: ProblemEvent, row: Row): Partial<Row> => {
  switch (event.type) {
    case 'ProblemIncidentLinked':
      return { incidentIds: [...row.incidentIds, event.data.incidentId] };
    case 'ProblemIncidentUnlinked':
      return { incidentIds: row.incidentIds.filter(each => each !== event.data.incidentId) };
    case 'WorkaroundRecorded':
      return { hasWorkaround: true };
    case 'KnownErrorDeclared':
      return { state: 'KnownError', isKnownError: true };
    case 'ProblemChangeLinked':
      return { changeIds: [...row.changeIds, event.data.changeId] };
    case 'ProblemChangeUnlinked':
      return { changeIds: row.changeIds.filter(each => each !== event.data.changeId) };
    case 'ProblemResolved': {
      const { changeId, occurredAt } = event.data;
      const changeIds = [...new Set([...row.changeIds, ...(changeId ? [changeId] : [])])];
      return { state: 'Resolved', resolvedAt: occurredAt, changeIds };
    }
    case 'ProblemReopened':
      return { state: row.isKnownError ? 'KnownError' : 'Open', resolvedAt: null };
    case 'ProblemClosed':
      return { state: 'Closed' };
    default:
      return {};
  }
};

export const problemList = rowPerStream<ProblemEvent, Row>({
  consumer: 'incident-correlation.problems',
  categories: ['problem'],
  table: 'problems_v1',
  numbered: true,
  fold: describedRow('problem', (row, event) => {
    if (event.type === 'ProblemOpened') return row ?? opened(event);
    return row && { ...row, version: event.version, ...changesBy(event, row) };
  }),
});
