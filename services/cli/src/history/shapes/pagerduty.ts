import type { JsonObject } from '../../client.ts';
import { listAt, meaning, needed, present, type Shape, textAt, titleOf } from '../row.ts';
import { instantOf } from '../times.ts';

const PRIORITIES = {
  p1: 'critical',
  p2: 'high',
  p3: 'medium',
  p4: 'low',
  p5: 'low',
  'sev-1': 'critical',
  'sev-2': 'high',
  'sev-3': 'medium',
  'sev-4': 'low',
  'sev-5': 'low',
} as const;
const URGENCIES = { high: 'high', low: 'low' } as const;

const incident = (record: JsonObject): JsonObject => {
  const priority = textAt(record, 'priority', 'summary') ?? textAt(record, 'priority', 'name');
  const isOver = textAt(record, 'status') === 'resolved';
  const resolved = textAt(record, 'resolved_at') ?? (isOver ? textAt(record, 'last_status_change_at') : undefined);
  const service = textAt(record, 'service', 'summary') ?? textAt(record, 'service', 'id');
  return present({
    key: needed(textAt(record, 'id'), 'id'),
    url: textAt(record, 'html_url'),
    title: titleOf(needed(textAt(record, 'title') ?? textAt(record, 'summary'), 'title')),
    severity:
      priority === undefined
        ? meaning(URGENCIES, textAt(record, 'urgency'), 'urgency')
        : meaning(PRIORITIES, priority, 'priority'),
    services: service === undefined ? undefined : [service],
    detectedAt: instantOf(needed(textAt(record, 'created_at'), 'created_at')),
    acknowledgedAt: firstOf(listAt(record, 'acknowledgements').map(each => textAt(each, 'at'))),
    resolvedAt: resolved === undefined ? undefined : instantOf(resolved),
    // It was merged into another one.
    canceled: textAt(record, 'resolve_reason', 'type') === 'merge_resolve_reason' ? 'duplicate' : undefined,
  });
};

const firstOf = (times: readonly (string | undefined)[]): string | undefined =>
  times
    .flatMap(time => (time === undefined ? [] : [instantOf(time)]))
    .toSorted()
    .at(0);

export const pagerduty: Shape = {
  system: 'pagerduty',
  source: 'https://developer.pagerduty.com/api-reference/ (List incidents)',
  reads: { incidents: incident },
  isOne: record =>
    textAt(record, 'incident_number') !== undefined || textAt(record, 'escalation_policy', 'id') !== undefined,
};
