import { type Delivery, projection } from '@slipway/consumers';
import { type MetricThresholdEvent, thresholdTermsIn } from '@slipway/contracts';
import { categoryOf, idOf } from '@slipway/event-sourcing';
import type pg from 'pg';
import type { MeasuredEvent } from '../facts/facts.ts';
import { touch, touchesOf } from './touches.ts';

const isOfThreshold = (event: Delivery): event is Delivery<MetricThresholdEvent> =>
  categoryOf(event.stream) === 'metricThreshold';

const follow = async (events: readonly Delivery[], client: pg.ClientBase): Promise<void> => {
  for (const event of events.filter(isOfThreshold)) await keepTerms(event, client);
  await touch(client, await touchesOf(client, events));
};

const WATCH = `
  INSERT INTO threshold_watch_v1 (id, revision, terms) VALUES ($1, $2, $3)
  ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, terms = excluded.terms`;

/** Other terms are judged at once. */
const keepTerms = async (event: Delivery<MetricThresholdEvent>, client: pg.ClientBase): Promise<void> => {
  const id = idOf(event.stream);
  if (event.type === 'ThresholdSet' || event.type === 'ThresholdRevised') {
    await client.query(WATCH, [id, event.data.revision, JSON.stringify(thresholdTermsIn(event.data))]);
    await touch(client, [{ id, first: event.position, last: event.position, causes: [] }]);
  }
  if (event.type === 'ThresholdRetired')
    for (const table of ['threshold_watch_v1', 'threshold_evaluations_v1'])
      await client.query(`DELETE FROM ${table} WHERE id = $1`, [id]);
};

/**
 * Which thresholds wait to be judged, by facts that may have changed their figures: marked in the transaction that moves the
 * watermark, so that none is lost. A rebuild fills anew who watches what; what waits stays as it is.
 */
export const thresholdWatch = projection<MeasuredEvent | MetricThresholdEvent>({
  consumer: 'metrics.threshold-watch',
  categories: [
    'metricThreshold',
    'service',
    'application',
    'environment',
    'release',
    'change',
    'deployment',
    'incident',
  ],
  tables: ['threshold_watch_v1', 'threshold_reach_v1'],
  alsoWrites: ['threshold_evaluations_v1'],
  applyAll: follow,
});
