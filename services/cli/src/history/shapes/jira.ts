import type { JsonObject } from '../../client.ts';
import { at, listAt, meaning, needed, present, type Shape, textAt, titleOf } from '../row.ts';
import { instantOf } from '../times.ts';

const PRIORITIES = {
  blocker: 'critical',
  highest: 'critical',
  critical: 'critical',
  high: 'high',
  major: 'high',
  medium: 'medium',
  minor: 'low',
  low: 'low',
  lowest: 'low',
  trivial: 'low',
} as const;
const NOT_DONE = /declined|canceled|cancelled|won't do|duplicate|rejected/i;

const services = (fields: JsonObject): readonly string[] | undefined => {
  const names = listAt(fields, 'components').flatMap(each => textAt(each, 'name') ?? []);
  return names.length === 0 ? undefined : names;
};

const timeAt = (fields: JsonObject, field: string): string | undefined => {
  const said = textAt(fields, field);
  return said === undefined ? undefined : instantOf(said);
};

const fieldsOf = (record: JsonObject): JsonObject => needed(at(record, 'fields'), 'fields') as JsonObject;

const incident = (record: JsonObject): JsonObject => {
  const fields = fieldsOf(record);
  const resolution = textAt(fields, 'resolution', 'name');
  const priority = textAt(fields, 'priority', 'name');
  return present({
    key: needed(textAt(record, 'key'), 'key'),
    url: textAt(record, 'self'),
    title: titleOf(needed(textAt(fields, 'summary'), 'summary')),
    severity: priority === undefined ? undefined : meaning(PRIORITIES, priority, 'priority'),
    services: services(fields),
    detectedAt: needed(timeAt(fields, 'created'), 'created'),
    resolvedAt: timeAt(fields, 'resolutiondate'),
    canceled: resolution === undefined || !NOT_DONE.test(resolution) ? undefined : canceledAs(resolution),
  });
};

const canceledAs = (resolution: string): string => (/duplicate/i.test(resolution) ? 'duplicate' : 'false-alarm');

const change = (record: JsonObject): JsonObject => {
  const fields = fieldsOf(record);
  const isDone = textAt(fields, 'status', 'statusCategory', 'key') === 'done';
  const isNone = NOT_DONE.test(textAt(fields, 'resolution', 'name') ?? '');
  const state = isDone ? (isNone ? 'canceled' : 'closed') : 'open';
  return present({
    key: needed(textAt(record, 'key'), 'key'),
    url: textAt(record, 'self'),
    title: titleOf(needed(textAt(fields, 'summary'), 'summary')),
    model: modelOf(textAt(fields, 'issuetype', 'name') ?? ''),
    services: services(fields),
    requestedAt: timeAt(fields, 'created'),
    state,
    closedAt: state === 'closed' ? timeAt(fields, 'resolutiondate') : undefined,
  });
};

const modelOf = (type: string): string =>
  /emergency/i.test(type) ? 'emergency' : /standard/i.test(type) ? 'standard' : 'normal';

export const jira: Shape = {
  system: 'jira',
  source: 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/',
  reads: { incidents: incident, changes: change },
  isOne: record => textAt(record, 'key') !== undefined && at(record, 'fields') !== undefined,
};
