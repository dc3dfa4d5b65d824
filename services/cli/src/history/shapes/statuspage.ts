import type { JsonObject } from '../../client.ts';
import { needed, present, type Shape, textAt, titleOf } from '../row.ts';
import { instantOf } from '../times.ts';

const IMPACTS = { critical: 'critical', major: 'high', minor: 'medium', maintenance: 'low', none: 'low' };

const severityOf = (impact: string | undefined): string =>
  Object.entries(IMPACTS).find(([said]) => said === impact)?.[1] ?? 'medium';

const timeAt = (record: JsonObject, ...fields: readonly string[]): string | undefined => {
  const said = fields.flatMap(field => textAt(record, field) ?? []).at(0);
  return said === undefined ? undefined : instantOf(said);
};

/** An incident of a status page. It names no service of the catalog: say which it is about. */
const incident = (record: JsonObject): JsonObject =>
  present({
    key: needed(textAt(record, 'id'), 'id'),
    url: textAt(record, 'url') ?? textAt(record, 'shortlink'),
    title: titleOf(needed(textAt(record, 'title') ?? textAt(record, 'name'), 'title')),
    severity: severityOf(textAt(record, 'impact')),
    impactStartedAt: timeAt(record, 'downtime_start', 'started_at'),
    detectedAt: needed(timeAt(record, 'started_at', 'created_at'), 'started_at'),
    mitigatedAt: timeAt(record, 'downtime_end', 'monitoring_at'),
    resolvedAt: timeAt(record, 'resolved_at'),
  });

export const statuspage: Shape = {
  system: 'statuspage',
  source: 'https://developer.statuspage.io/ (incidents)',
  reads: { incidents: incident },
  isOne: record => textAt(record, 'shortlink') !== undefined || textAt(record, 'entry_id') !== undefined,
};
