import type { SamplesOf } from '../contract.ts';
import type { alert, incident, problem, review } from '../incident-correlation.ts';
import { ids, people, sealed } from './example.ts';
import { incidentImportedSample } from './imported.ts';
import { recordSamples } from './record.ts';
import { taskSamples } from './task.ts';

const fingerprint = 'c4f9e1d0a7b35628';
const groupKey = '{}:{alertname="CheckoutErrors"}';

export const alertSamples: SamplesOf<typeof alert> = {
  AlertReported: {
    tool: 'alertmanager',
    fingerprint,
    groupKey,
    status: 'resolved',
    name: 'CheckoutErrors',
    severity: 'critical',
    labels: { alertname: 'CheckoutErrors', app: 'checkout', team: 'shop', severity: 'critical' },
    startsAt: '2026-03-02T20:20:00Z',
    endsAt: '2026-03-02T20:40:00Z',
    payload: sealed,
  },
  AlertMatched: {
    incidentId: ids.incident,
    serviceIds: [ids.checkout],
    environmentId: ids.production,
    reason: sealed,
  },
  AlertUnmatched: {},
  AlertUnreadable: { tool: 'pagerduty', problem: 'event.data is not there', payload: sealed },
};

export const incidentSamples: SamplesOf<typeof incident> = {
  IncidentDetected: {
    title: 'Checkout answers with errors',
    severity: 'critical',
    major: true,
    serviceIds: [ids.checkout],
    environmentId: ids.production,
    detectedBy: 'alert',
    impactStartedAt: '2026-03-02T20:20:00Z',
    description: sealed,
    deploymentId: ids.deployment,
  },
  AlertAttached: { alertId: ids.alert, fingerprint, groupKey, status: 'firing' },
  EarlierAlertFound: {
    alertId: ids.alert,
    title: 'CheckoutErrors on checkout',
    detectedAt: '2026-03-02T20:18:00Z',
    impactStartedAt: '2026-03-02T20:18:00Z',
  },
  IncidentSeverityRaised: { alertId: ids.alert, severity: 'critical' },
  IncidentAcknowledged: {},
  CauseProposed: {
    scoringVersion: 'first/1',
    candidates: [
      {
        deploymentId: ids.deployment,
        changeId: ids.change,
        score: 0.82,
        reasons: [{ reason: 'same-service', points: 0.4, detail: 'The alerting service was deployed.' }],
      },
    ],
  },
  CauseConfirmed: {
    kind: 'deployment',
    deploymentId: ids.deployment,
    changeId: ids.change,
    primary: true,
    note: sealed,
  },
  CauseRejected: { deploymentId: ids.deployment, note: sealed },
  ImpactStartCorrected: { impactStartedAt: '2026-03-02T20:15:00Z', reason: sealed },
  IncidentMitigated: { deploymentId: ids.rollback, note: sealed },
  IncidentResolved: { note: sealed },
  IncidentReopened: { reason: sealed },
  IncidentClosed: {},
  IncidentCanceled: { cause: 'duplicate', duplicateOf: ids.duplicate, note: sealed },
  CauseWithdrawn: { kind: 'change', changeId: ids.change, reason: sealed },
  ImpactIntervalCorrected: {
    interval: 2,
    startedAt: '2026-03-02T21:00:00Z',
    endedAt: '2026-03-02T21:30:00Z',
    reason: sealed,
  },
  IncidentClassified: { severity: 'high', reason: sealed },
  MajorIncidentDeclared: { reason: sealed },
  MajorIncidentLifted: { reason: sealed },
  AwarenessCorrected: { awareAt: '2026-03-02T20:18:00Z', reason: sealed },
  IncidentRoleAssigned: { role: 'coordinator', person: people.owner },
  IncidentRoleEnded: { role: 'coordinator', person: people.owner },
  ...taskSamples('IncidentTask'),
  AcknowledgementOverdue: { severity: 'critical', targetMinutes: 5, dueAt: '2026-03-02T20:25:00Z' },
  IncidentEscalated: { level: 2, role: 'coordinator', person: people.owner, reason: sealed },
  IncidentMerged: {
    intoIncidentId: ids.incident,
    serviceIds: [ids.checkout],
    impactStartedAt: '2026-03-02T20:15:00Z',
    causes: [{ kind: 'deployment', deploymentId: ids.deployment, changeId: ids.change, primary: true }],
    reason: sealed,
  },
  IncidentAbsorbed: {
    fromIncidentId: ids.duplicate,
    serviceIds: [ids.checkout],
    impactStartedAt: '2026-03-02T20:15:00Z',
    causes: [{ kind: 'deployment', deploymentId: ids.deployment, changeId: ids.change, primary: true }],
  },
  AlertsSplitOff: { intoIncidentId: ids.duplicate, alertIds: [ids.alert], reason: sealed },
  AlertForwarded: {
    intoIncidentId: ids.duplicate,
    alertId: ids.alert,
    fingerprint,
    groupKey,
    status: 'resolved',
    serviceIds: [ids.checkout],
  },
  IncidentImported: incidentImportedSample,
  ...recordSamples('Incident'),
};

export const problemSamples: SamplesOf<typeof problem> = {
  ProblemOpened: {
    title: 'Connections run out under load',
    owner: people.owner,
    description: sealed,
    serviceIds: [ids.checkout],
    incidentIds: [ids.incident],
  },
  ProblemIncidentLinked: { incidentId: ids.incident },
  ProblemIncidentUnlinked: { incidentId: ids.incident, reason: sealed },
  WorkaroundRecorded: { workaround: sealed },
  KnownErrorDeclared: { rootCause: sealed },
  ProblemChangeLinked: { changeId: ids.change },
  ProblemChangeUnlinked: { changeId: ids.change, reason: sealed },
  ProblemResolved: { changeId: ids.change, note: sealed },
  ProblemReopened: { reason: sealed },
  ProblemClosed: {},
  ...recordSamples('Problem'),
};

export const reviewSamples: SamplesOf<typeof review> = {
  ReviewScheduled: {
    title: 'Review of: Checkout answers with errors',
    owner: people.owner,
    description: sealed,
    incidentId: ids.incident,
    changeId: ids.change,
    occasion: 'major-incident',
    dueAt: '2026-03-05T20:40:00Z',
  },
  ReviewFeedbackGiven: { feedbackId: '0198c1a0-2000-7000-8000-000000000004', text: sealed },
  ReviewFindingRecorded: { findingId: '0198c1a0-2000-7000-8000-000000000005', kind: 'root-cause', text: sealed },
  ReviewHeld: { attendees: [people.owner, people.deployer], summary: sealed },
  ...taskSamples('ReviewAction'),
  ReviewCompleted: {},
  ...recordSamples('Review'),
};
