import type { Json, JsonObject } from '../../client.ts';
import { at, meaning, needed, present, type Shape, textAt, titleOf, Unreadable } from '../row.ts';
import { instantOf } from '../times.ts';

const TYPES = { normal: 'normal', standard: 'standard', emergency: 'emergency' } as const;
const CLOSE_CODES = {
  successful: 'successful',
  successful_issues: 'successful-with-issues',
  'successful with issues': 'successful-with-issues',
  unsuccessful: 'unsuccessful',
} as const;
const RISKS = {
  '1': 'high',
  '2': 'high',
  '3': 'medium',
  '4': 'low',
  high: 'high',
  moderate: 'medium',
  medium: 'medium',
  low: 'low',
} as const;
const CHANGE_STATES = {
  '-5': 'open',
  '-4': 'open',
  '-3': 'open',
  '-2': 'open',
  '-1': 'open',
  '0': 'open',
  '3': 'closed',
  '4': 'canceled',
  new: 'open',
  assess: 'open',
  authorize: 'open',
  scheduled: 'open',
  implement: 'open',
  review: 'open',
  closed: 'closed',
  canceled: 'canceled',
} as const;
const PRIORITIES = { '1': 'critical', '2': 'high', '3': 'medium', '4': 'low', '5': 'low' } as const;
const CANCELED = ['8', 'canceled', 'cancelled'];

/** The internal value, where a field is an object of both: `value` of times is UTC, `display_value` the reader's own zone. */
const valueOf = (record: JsonObject, field: string): string | undefined =>
  textAt(record, field, 'value') ?? textAt(record, field);

/** The name of what a reference means; its sys_id where there is none. */
const nameOf = (record: JsonObject, field: string): string | undefined =>
  textAt(record, field, 'display_value') ?? valueOf(record, field);

/** Internally a state is a number. */
const isShownOnly = (record: JsonObject): boolean => !/^-?\d+$/.test(valueOf(record, 'state') ?? '0');

const timeOf = (record: JsonObject, field: string): string | undefined => {
  const said = valueOf(record, field);
  if (said === undefined) return undefined;
  if (isShownOnly(record))
    throw new Unreadable(
      'time-without-zone',
      `${field} is ${said}, in the zone of who exported it: export with sysparm_display_value=all, or false.`,
    );
  return instantOf(said, { timeZone: 'UTC' });
};

const named = (record: JsonObject): Json | undefined => {
  const name = nameOf(record, 'cmdb_ci') ?? nameOf(record, 'business_service');
  return name === undefined ? undefined : [name];
};

const change = (record: JsonObject): JsonObject => {
  const closeCode = valueOf(record, 'close_code');
  const risk = valueOf(record, 'risk');
  const state = meaning(CHANGE_STATES, valueOf(record, 'state'), 'state');
  return present({
    key: needed(valueOf(record, 'number'), 'number'),
    title: titleOf(needed(valueOf(record, 'short_description'), 'short_description')),
    model: meaning(TYPES, valueOf(record, 'type'), 'type'),
    riskLevel: risk === undefined ? undefined : meaning(RISKS, risk, 'risk'),
    services: named(record),
    requestedAt: timeOf(record, 'opened_at') ?? timeOf(record, 'sys_created_on'),
    authorizedAt: timeOf(record, 'approval_set'),
    implementationStartedAt: timeOf(record, 'work_start'),
    implementationEndedAt: timeOf(record, 'work_end'),
    state,
    closedAt: state === 'closed' ? timeOf(record, 'closed_at') : undefined,
    closeCode:
      state !== 'closed' || closeCode === undefined ? undefined : meaning(CLOSE_CODES, closeCode, 'close_code'),
    unauthorized: valueOf(record, 'unauthorized') === 'true' ? true : undefined,
  });
};

const incident = (record: JsonObject): JsonObject => {
  const causedBy = nameOf(record, 'caused_by');
  const isCanceled = CANCELED.includes(valueOf(record, 'state')?.toLowerCase() ?? '');
  return present({
    key: needed(valueOf(record, 'number'), 'number'),
    title: titleOf(needed(valueOf(record, 'short_description'), 'short_description')),
    severity: meaning(PRIORITIES, valueOf(record, 'priority')?.charAt(0), 'priority'),
    major: valueOf(record, 'major_incident_state') === 'accepted' ? true : undefined,
    services: named(record),
    detectedAt: needed(timeOf(record, 'opened_at') ?? timeOf(record, 'sys_created_on'), 'opened_at'),
    acknowledgedAt: timeOf(record, 'work_start'),
    resolvedAt: timeOf(record, 'resolved_at'),
    closedAt: timeOf(record, 'closed_at'),
    canceled: isCanceled ? 'false-alarm' : undefined,
    causes: causedBy === undefined ? undefined : [{ kind: 'change', record: { key: causedBy } }],
  });
};

export const servicenow: Shape = {
  system: 'servicenow',
  source: 'https://www.servicenow.com/docs (Table API: change_request, incident; Change Management API)',
  reads: { changes: change, incidents: incident },
  isOne: record => at(record, 'short_description') !== undefined && at(record, 'number') !== undefined,
};
