import { isBefore } from '@slipway/canonical';
import type { IncidentEvent } from '@slipway/contracts';
import { isRejection, reject, type Rejection, type Stamp, type Stamped } from '@slipway/event-sourcing';
import { confirm, subjectOf } from './causes.ts';
import type { AbsorbIncident, MergeIncident, SplitIncident } from './incident-commands.ts';
import type { IncidentDecision, MergeRefusal } from './incident-refusals.ts';
import type { AttachedAlert, There } from './incident-state.ts';

export const merge = ({ data, stamp }: Stamped<MergeIncident>, incident: There): IncidentDecision => {
  const { intoIncidentId, reason } = data;
  if (incident.mergedInto === intoIncidentId) return [];
  if (incident.status === 'canceled') return reject('incident-canceled', 'The incident is canceled.');
  const refused = whenNoTarget(data);
  if (refused) return refused;
  const carried = carriedBy(incident);
  return [
    { type: 'IncidentMerged', data: { ...stamp, intoIncidentId, ...carried, ...(reason !== undefined && { reason }) } },
    ...Object.entries(incident.alerts).map(([alertId, alert]) => forwarded(alertId, alert, intoIncidentId, stamp)),
    { type: 'IncidentCanceled', data: { ...stamp, cause: 'duplicate', duplicateOf: intoIncidentId } },
  ];
};

const whenNoTarget = ({
  incidentId,
  intoIncidentId,
  into,
}: MergeIncident['data']): Rejection<MergeRefusal> | undefined => {
  if (intoIncidentId === incidentId) return reject('merged-into-itself', 'It cannot be merged into itself.');
  if (!into || into.status === 'none') return reject('merge-target-missing', 'Name the incident that goes on.');
  if (into.chain.includes(incidentId)) return reject('merge-loop', 'That incident was merged into this one.');
  if (into.status === 'closed') return reject('merge-target-closed', 'That incident is closed.');
  if (into.status === 'canceled')
    return reject('merge-target-canceled', 'That incident is canceled; name the one that goes on.');
  return undefined;
};

const carriedBy = ({ serviceIds, impact, causes }: There) => ({
  serviceIds,
  impactStartedAt: impact[0]?.startedAt ?? '',
  causes: causes.confirmed.map(cause => ({ ...subjectOf(cause), primary: cause.primary })),
});

export const forwarded = (
  alertId: string,
  { fingerprint, groupKey, status, serviceIds }: AttachedAlert,
  intoIncidentId: string,
  stamp: Stamp,
): IncidentEvent => ({
  type: 'AlertForwarded',
  data: { ...stamp, intoIncidentId, alertId, fingerprint, groupKey, status, serviceIds },
});

/** Told of what was before, it is a fact in any state. What comes to one that was merged itself goes on with it. */
export const absorb = ({ data, stamp }: Stamped<AbsorbIncident>, incident: There): IncidentDecision => {
  const { reason, ...facts } = data;
  const { fromIncidentId: _, ...carried } = facts;
  if (incident.mergedInto !== undefined)
    return [{ type: 'IncidentMerged', data: { ...stamp, intoIncidentId: incident.mergedInto, ...carried } }];
  const began = incident.impact[0]?.startedAt ?? carried.impactStartedAt;
  const isEarlier = isBefore(carried.impactStartedAt, began) && reason !== undefined;
  return [
    { type: 'IncidentAbsorbed', data: { ...stamp, ...facts } },
    ...(isEarlier
      ? [
          {
            type: 'ImpactStartCorrected' as const,
            data: { ...stamp, impactStartedAt: carried.impactStartedAt, reason },
          },
        ]
      : []),
    ...causesFrom(carried.causes, stamp, incident),
  ];
};

/** The primary cause of the one that goes on stays the primary one. */
const causesFrom = (
  causes: AbsorbIncident['data']['causes'],
  stamp: Stamp,
  { causes: own }: There,
): readonly IncidentEvent[] => {
  const isFirst = own.confirmed.length === 0;
  return causes.flatMap(cause => {
    const isKnown = own.confirmed.some(
      each => each.kind === cause.kind && each.deploymentId === cause.deploymentId && each.changeId === cause.changeId,
    );
    if (isKnown) return [];
    const data = { ...cause, primary: isFirst && cause.primary };
    const decided = confirm({ type: 'ConfirmCause', data, stamp }, own);
    return isRejection(decided) ? [] : [{ type: 'CauseConfirmed' as const, data: { ...stamp, ...data } }];
  });
};

export const split = ({ data, stamp }: Stamped<SplitIncident>, { alerts }: There): IncidentDecision => {
  const { alertIds, intoIncidentId } = data;
  const moving = alertIds.flatMap(id => (alerts[id] ? [forwarded(id, alerts[id], intoIncidentId, stamp)] : []));
  if (moving.length === 0 || moving.length < alertIds.length)
    return reject('no-such-alert', 'Name alerts that are attached to this incident.');
  if (moving.length === Object.keys(alerts).length)
    return reject('split-takes-all', 'At least one alert stays: there would be nothing left to split from.');
  return [{ type: 'AlertsSplitOff', data: { ...stamp, ...data } }, ...moving];
};
