import { type RowOf, rowPerStream } from '@slipway/consumers';
import type { ProblemEvent } from '@slipway/contracts';
import { idOf, type Recorded } from '@slipway/event-sourcing';
import type { ProblemRow } from './problem.entity.ts';

type Row = RowOf<ProblemRow>;

const changesBy = ({ type, data }: ProblemEvent, { declared }: Row): Partial<Row> => {
  switch (type) {
    case 'WorkaroundRecorded':
      return { hasWorkaround: true };
    case 'KnownErrorDeclared':
      return { state: 'known-error', declared: true };
    case 'ProblemResolved':
      return { state: 'resolved' };
    case 'ProblemReopened':
      return { state: declared ? 'known-error' : 'open' };
    case 'ProblemDetailsChanged':
      return data.title === undefined ? {} : { title: data.title };
    default:
      return {};
  }
};

export const problemRow = (row: Row | undefined, event: Recorded<ProblemEvent>): Row | undefined => {
  if (event.type !== 'ProblemOpened') return row && { ...row, ...changesBy(event, row) };
  const { title, serviceIds } = event.data;
  const nothingKnown = { state: 'open', declared: false, hasWorkaround: false } as const;
  return row ?? { id: idOf(event.stream), number: null, title, serviceIds: [...serviceIds], ...nothingKnown };
};

/** Problems of incident-correlation: the notes of a release name the known errors of its services. */
export const problemCopy = rowPerStream<ProblemEvent, Row>({
  consumer: 'planning.problems',
  categories: ['problem'],
  table: 'problems_v1',
  numbered: true,
  fold: problemRow,
});
