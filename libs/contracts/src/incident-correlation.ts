import { Type } from 'typebox';
import { category, type EventOf } from './contract.ts';
import { importedIncident } from './imported.ts';
import { recordFacts } from './record.ts';
import { taskFacts } from './task.ts';
import { CauseKind, Id, Instant, oneOf, Pseudonym, Sealed, Severity, Title } from './values.ts';

const AlertSource = oneOf('alertmanager', 'pagerduty');
const AlertStatus = oneOf('firing', 'acknowledged', 'resolved');

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
      status: AlertStatus,
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
const reason = { reason: Sealed };

/** Who does what in the war room of an incident, and whom it is escalated to. */
export const IncidentRole = oneOf(
  'on-call',
  'coordinator',
  'communicator',
  'scribe',
  'subject-expert',
  'service-owner',
  'management',
);

const cause = {
  kind: CauseKind,
  deploymentId: Type.Optional(Id),
  changeId: Type.Optional(Id),
};

/** What goes with an incident that is merged into another. */
const carried = {
  serviceIds: Type.Array(Id),
  impactStartedAt: Instant,
  causes: Type.Array(Type.Object({ ...cause, primary: Type.Boolean() })),
};

export const incident = category({
  name: 'incident',
  context: 'incident-correlation',
  plural: 'incidents',
  prefix: 'INC',
  facts: {
    IncidentDetected: {
      title: Title,
      severity: Severity,
      major: Type.Boolean(),
      serviceIds: Type.Array(Id),
      environmentId: Type.Optional(Id),
      detectedBy: oneOf('alert', 'verification', 'person'),
      /** Correctable. */
      impactStartedAt: Instant,
      description: Type.Optional(Sealed),
      deploymentId: Type.Optional(Id),
      /** Split off from this one. */
      fromIncidentId: Type.Optional(Id),
    },
    AlertAttached: {
      alertId: Id,
      fingerprint: Type.String(),
      groupKey: Type.String(),
      status: AlertStatus,
      /** The services that the alert is about: the incident affects them from now on. */
      serviceIds: Type.Optional(Type.Array(Id)),
    },
    /** An alert of it began to fire before the one that opened it: it was detected, and began, then. */
    EarlierAlertFound: { alertId: Id, title: Title, detectedAt: Instant, impactStartedAt: Instant },
    /** An alert of it is more severe than what was thought. Once a person judged, what alerts say no longer counts. */
    IncidentSeverityRaised: { alertId: Id, severity: Severity },
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
    CauseConfirmed: { ...cause, primary: Type.Boolean(), note: Type.Optional(Sealed) },
    CauseRejected: { deploymentId: Id, note: Type.Optional(Sealed) },
    /** A confirmed cause is taken back; a deployment may be a candidate again. */
    CauseWithdrawn: { ...cause, ...reason },
    ImpactStartCorrected: { impactStartedAt: Instant, reason: Sealed },
    /** The first is 1. Without an end it goes on. */
    ImpactIntervalCorrected: {
      interval: Type.Integer({ minimum: 1 }),
      startedAt: Instant,
      endedAt: Type.Optional(Instant),
      ...reason,
    },
    /** Somebody judged how severe it is, whether or not it was thought so before. */
    IncidentClassified: { severity: Severity, ...reason },
    MajorIncidentDeclared: reason,
    MajorIncidentLifted: reason,
    /** When we knew of it. */
    AwarenessCorrected: { awareAt: Instant, ...reason },
    IncidentRoleAssigned: { role: IncidentRole, person: Pseudonym },
    IncidentRoleEnded: { role: IncidentRole, person: Pseudonym },
    ...taskFacts('IncidentTask'),
    /** Nobody acknowledged it within the target of its severity. */
    AcknowledgementOverdue: { severity: Severity, targetMinutes: Type.Integer({ minimum: 0 }), dueAt: Instant },
    /** To the next role of the chain, and to who holds it. */
    IncidentEscalated: {
      level: Type.Integer({ minimum: 1 }),
      role: IncidentRole,
      person: Type.Optional(Pseudonym),
      reason: Type.Optional(Sealed),
    },
    /** It repeats another one, which goes on with all it had. */
    IncidentMerged: { intoIncidentId: Id, ...carried, reason: Type.Optional(Sealed) },
    IncidentAbsorbed: { fromIncidentId: Id, ...carried },
    AlertsSplitOff: { intoIncidentId: Id, alertIds: Type.Array(Id), ...reason },
    /** An alert that belongs to another incident since a merge or a split, and each status that it comes to. */
    AlertForwarded: {
      intoIncidentId: Id,
      alertId: Id,
      fingerprint: Type.String(),
      groupKey: Type.String(),
      status: AlertStatus,
      serviceIds: Type.Array(Id),
    },
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
    /** A record of history. Causes may be judged here; what happened, happened elsewhere. */
    IncidentImported: importedIncident,
    ...recordFacts('Incident'),
  },
});

/** The unknown cause behind incidents. */
export const problem = category({
  name: 'problem',
  context: 'incident-correlation',
  plural: 'problems',
  prefix: 'PRB',
  facts: {
    ProblemOpened: {
      title: Title,
      owner: Pseudonym,
      description: Type.Optional(Sealed),
      serviceIds: Type.Array(Id),
      incidentIds: Type.Array(Id),
    },
    ProblemIncidentLinked: { incidentId: Id },
    ProblemIncidentUnlinked: { incidentId: Id, reason: Type.Optional(Sealed) },
    /** How to live with it meanwhile; the last one counts. */
    WorkaroundRecorded: { workaround: Sealed },
    /** Analyzed, and not resolved. */
    KnownErrorDeclared: { rootCause: Sealed },
    /** The change that is to resolve it. */
    ProblemChangeLinked: { changeId: Id },
    ProblemChangeUnlinked: { changeId: Id, reason: Type.Optional(Sealed) },
    ProblemResolved: { changeId: Type.Optional(Id), note: Type.Optional(Sealed) },
    ProblemReopened: reason,
    ProblemClosed: {},
    ...recordFacts('Problem'),
  },
});

/** What we learn from a major incident or a change that went wrong: post-implementation review, post-mortem. */
export const review = category({
  name: 'review',
  context: 'incident-correlation',
  plural: 'reviews',
  prefix: 'PIR',
  facts: {
    ReviewScheduled: {
      title: Title,
      owner: Type.Optional(Pseudonym),
      description: Type.Optional(Sealed),
      /** What it is about; neither: a retrospective of its own. */
      incidentId: Type.Optional(Id),
      changeId: Type.Optional(Id),
      occasion: oneOf('major-incident', 'unsuccessful-change', 'change-caused-incident', 'person'),
      dueAt: Instant,
    },
    /** What support and users say. */
    ReviewFeedbackGiven: { feedbackId: Id, text: Sealed },
    ReviewFindingRecorded: {
      findingId: Id,
      kind: oneOf('root-cause', 'contributing-factor', 'went-well', 'went-badly', 'lucky'),
      text: Sealed,
    },
    ReviewHeld: { attendees: Type.Array(Pseudonym), summary: Type.Optional(Sealed) },
    ...taskFacts('ReviewAction'),
    ReviewCompleted: {},
    ...recordFacts('Review'),
  },
});

export type AlertEvent = EventOf<typeof alert>;
export type IncidentEvent = EventOf<typeof incident>;
export type ProblemEvent = EventOf<typeof problem>;
export type ReviewEvent = EventOf<typeof review>;
export type IncidentCorrelationEvent = AlertEvent | IncidentEvent | ProblemEvent | ReviewEvent;
