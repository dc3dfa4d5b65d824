import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { ReleaseTrainEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { ReleaseTrainRow } from './release-train-list.entity.ts';

type Row = RowOf<ReleaseTrainRow>;
type Planned = Extract<ReleaseTrainEvent, { type: 'ReleaseTrainPlanned' }>;

const planned = ({ stream, version, data }: Delivery<Planned>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  owner: data.owner,
  state: 'Running',
  cadence: data.cadence,
  labels: [],
  refs: [],
  plannedAt: data.recordedAt,
  updatedAt: data.recordedAt,
  version,
});

const changesBy = (event: ReleaseTrainEvent): Partial<Row> => {
  switch (event.type) {
    case 'ReleaseTrainCadenceChanged':
      return { cadence: event.data.cadence };
    case 'ReleaseTrainRetired':
      return { state: 'Retired' };
    default:
      return {};
  }
};

export const releaseTrainList = rowPerStream<ReleaseTrainEvent, Row>({
  consumer: 'planning.release-trains',
  categories: ['releaseTrain'],
  table: 'release_trains_v1',
  numbered: true,
  fold: describedRow('releaseTrain', (row, event) => {
    if (event.type === 'ReleaseTrainPlanned') return row ?? planned(event);
    return row && { ...row, version: event.version, updatedAt: event.data.recordedAt, ...changesBy(event) };
  }),
});
