import { Type } from 'typebox';
import { category, type EventOf } from './contract.ts';
import { recordFacts } from './record.ts';
import { Id, Instant, oneOf, Sealed, Title } from './values.ts';

const AlertSource = oneOf('alertmanager', 'pagerduty');

export const alert = category({
  name: 'alert',
  context: 'incident-correlation',
  plural: 'alerts',
  facts: {
    /** Firing or resolved; the same fingerprint, start and status is one fact. */
    AlertReported: {
      tool: AlertSource,
      fingerprint: Type.String(),
      groupKey: Type.String(),
      status: oneOf('firing', 'acknowledged', 'resolved'),
      name: Type.String(),
      severity: Type.Optional(Type.String()),
      labels: Type.Record(Type.String(), Type.String()),
      startsAt: Instant,
      endsAt: Type.Optional(Instant),
      payload: Sealed,
    },
    AlertMatched: {
      incidentId: Id,
      serviceIds: Type.Array(Id),
      environmentId: Type.Optional(Id),
      reason: Type.Optional(Sealed),
    },
    /** No service carries these labels. */
    AlertUnmatched: {},
    AlertUnreadable: { tool: AlertSource, problem: Type.String(), payload: Sealed },
  },
});

const Reason = Type.Object({ reason: Type.String(), points: Type.Number(), detail: Type.String() });

export const incident = category({
  name: 'incident',
  context: 'incident-correlation',
  plural: 'incidents',
  prefix: 'INC',
  facts: {
    IncidentDetected: {
      title: Title,
      severity: oneOf('critical', 'high', 'medium', 'low'),
      major: Type.Boolean(),
      serviceIds: Type.Array(Id),
      environmentId: Type.Optional(Id),
      detectedBy: oneOf('alert', 'verification', 'person'),
      /** Correctable. */
      impactStartedAt: Instant,
      description: Type.Optional(Sealed),
      deploymentId: Type.Optional(Id),
    },
    AlertAttached: {
      alertId: Id,
      fingerprint: Type.String(),
      groupKey: Type.String(),
      status: oneOf('firing', 'acknowledged', 'resolved'),
      /** The services that the alert is about: the incident affects them from now on. */
      serviceIds: Type.Optional(Type.Array(Id)),
    },
    IncidentAcknowledged: {},
    CauseProposed: {
      scoringVersion: Type.String(),
      candidates: Type.Array(
        Type.Object({
          deploymentId: Id,
          changeId: Type.Optional(Id),
          score: Type.Number(),
          reasons: Type.Array(Reason),
        }),
      ),
    },
    CauseConfirmed: {
      kind: oneOf('deployment', 'change', 'external', 'not-change-related', 'unknown'),
      deploymentId: Type.Optional(Id),
      changeId: Type.Optional(Id),
      primary: Type.Boolean(),
      note: Type.Optional(Sealed),
    },
    CauseRejected: { deploymentId: Id, note: Type.Optional(Sealed) },
    ImpactStartCorrected: { impactStartedAt: Instant, reason: Sealed },
    /** Service restored. */
    IncidentMitigated: { deploymentId: Type.Optional(Id), note: Type.Optional(Sealed) },
    IncidentResolved: { note: Type.Optional(Sealed) },
    IncidentReopened: { reason: Sealed },
    IncidentClosed: {},
    IncidentCanceled: {
      cause: oneOf('duplicate', 'false-alarm'),
      duplicateOf: Type.Optional(Id),
      note: Type.Optional(Sealed),
    },
    ...recordFacts('Incident'),
  },
});

export type AlertEvent = EventOf<typeof alert>;
export type IncidentEvent = EventOf<typeof incident>;
export type IncidentCorrelationEvent = AlertEvent | IncidentEvent;
