import type { SamplesOf } from '../contract.ts';
import type { alert, incident } from '../incident-correlation.ts';
import { ids, sealed } from './example.ts';
import { recordSamples } from './record.ts';

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
  ...recordSamples('Incident'),
};
