import { derivedId, after, isBefore } from '@slipway/canonical';

/** An alert of the same service within this time of an incident belongs to it. */
export const WINDOW_MINUTES = 30;

/** An open incident that shares the group key or a service. */
export type OpenIncident = Readonly<{
  incidentId: string;
  groupKeys: readonly string[];
  serviceIds: readonly string[];
  environmentId?: string;
  /** When its impact began or it was detected, and when its last alert came. */
  firstAt: string;
  lastAt: string;
}>;

/** What is known of earlier incidents when an alert is matched. */
export type Related = Readonly<{
  open: readonly OpenIncident[];
  /** How many incidents of this group key are over. */
  over: number;
}>;

export type Symptom = Readonly<{
  tool: string;
  groupKey: string;
  serviceIds: readonly string[];
  environmentId?: string;
  startsAt: string;
}>;

/**
 * The incident that a symptom belongs to: an open one of the same group key, else an open one of the same service within
 * the window, else a new one. The id of a new one follows from the group key, so that two alerts of one group that are
 * matched at the same moment open one incident.
 */
export const incidentFor = (symptom: Symptom, { open, over }: Related): string =>
  latest(open.filter(sharesGroup(symptom)))?.incidentId ??
  latest(open.filter(sharesService(symptom)))?.incidentId ??
  derivedId('incident', symptom.tool, symptom.groupKey, String(over));

const sharesGroup =
  ({ groupKey }: Symptom) =>
  ({ groupKeys }: OpenIncident): boolean =>
    groupKeys.includes(groupKey);

/** The same service, not in another environment, within the window. */
export const sharesService =
  ({ serviceIds, environmentId, startsAt }: Omit<Symptom, 'tool' | 'groupKey'>) =>
  (incident: OpenIncident): boolean =>
    incident.serviceIds.some(each => serviceIds.includes(each)) &&
    (environmentId === undefined || incident.environmentId === undefined || environmentId === incident.environmentId) &&
    !isBefore(startsAt, after(incident.firstAt, { minutes: -WINDOW_MINUTES })) &&
    !isBefore(after(incident.lastAt, { minutes: WINDOW_MINUTES }), startsAt);

const latest = (incidents: readonly OpenIncident[]): OpenIncident | undefined =>
  incidents.reduce<OpenIncident | undefined>(
    (last, each) => (last === undefined || isAfter(each, last) ? each : last),
    undefined,
  );

const isAfter = (one: OpenIncident, other: OpenIncident): boolean =>
  isBefore(other.lastAt, one.lastAt) || (!isBefore(one.lastAt, other.lastAt) && one.incidentId < other.incidentId);
