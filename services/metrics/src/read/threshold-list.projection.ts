import { type RowOf, rowPerStream } from '@slipway/consumers';
import { type MetricThresholdEvent, thresholdTermsIn } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { ThresholdRow } from './threshold-list.entity.ts';
import { thresholdView } from './threshold.view.ts';

type Row = RowOf<ThresholdRow>;

export const thresholdList = rowPerStream<MetricThresholdEvent, Row>({
  consumer: 'metrics.thresholds',
  categories: ['metricThreshold'],
  table: 'metric_thresholds_v1',
  numbered: true,
  fold: describedRow('metricThreshold', (row, event) => {
    const { stream, version } = event;
    const before = row && { ...row, ...row.terms, revision: 0, state: row.state as 'Watching' };
    const view = thresholdView(before, event);
    if (!view) return undefined;
    const { title, owner, state, serviceIds, setAt, updatedAt } = view;
    const said = { title, owner, state, terms: thresholdTermsIn(view), serviceIds, setAt, updatedAt, version };
    return { id: idOf(stream), number: row?.number ?? null, labels: row?.labels ?? [], refs: row?.refs ?? [], ...said };
  }),
});
