import type { IncidentEvent } from '@slipway/contracts';

type IncidentDetected = Extract<IncidentEvent, { type: 'IncidentDetected' }>;
export type Severity = IncidentDetected['data']['severity'];

// What Prometheus rules and PagerDuty priorities call it, in lower case.
const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['page', 'critical'],
  ['emergency', 'critical'],
  ['p1', 'critical'],
  ['error', 'high'],
  ['high', 'high'],
  ['major', 'high'],
  ['p2', 'high'],
  ['warning', 'medium'],
  ['medium', 'medium'],
  ['p3', 'medium'],
  ['minor', 'low'],
  ['low', 'low'],
  ['info', 'low'],
  ['none', 'low'],
  ['p4', 'low'],
  ['p5', 'low'],
]);

const ASCENDING: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

export const isMoreSevere = (one: Severity, other: Severity): boolean =>
  ASCENDING.indexOf(one) > ASCENDING.indexOf(other);

/** Of an incident, by what its alert says; a word that we do not know is `medium`. */
export const severityOf = (said: string | undefined): Severity =>
  SEVERITIES.get(said?.trim().toLowerCase() ?? '') ?? 'medium';
