import { type DataOf, type Fact, instantOf, latenessOf, rowsOf } from '../facts/facts.ts';
import { type Cause, confirmed, rejected, withdrawn } from './causes.ts';
import type { Incident } from './incident.ts';
import { corrected, intervalsOf, lastRestored, reopened } from './intervals.ts';
import { importedIncident } from './imported-incident.ts';

export const incidentsOf = (facts: readonly Fact[]): readonly Incident[] => rowsOf(facts, 'incident', incidentRow);

/** The row of an incident: a fold of its own facts alone. */
export const incidentRow = (id: string, incident: Incident | undefined, fact: Fact): Incident | undefined => {
  const after = begun(id, incident, fact) ?? (incident && evolve(incident, fact));
  return after && { ...after, lateness: Math.max(after.lateness, latenessOf(fact)) };
};

/** What counts as its causes: what people confirmed; while nobody has judged any, what a source named. */
export const causesOf = ({ causes, named, isJudged }: Incident): readonly Cause[] => (isJudged ? causes : named);

/** A deployment or a change of ours is a cause of it. */
export const isReleaseRelated = (incident: Incident): boolean =>
  causesOf(incident).some(({ kind }) => kind === 'deployment' || kind === 'change');

const begun = (id: string, incident: Incident | undefined, fact: Fact): Incident | undefined => {
  if (fact.type === 'IncidentDetected') return detected(id, instantOf(fact), fact.data);
  if (fact.type === 'IncidentImported') return importedIncident(id, incident, fact.data);
  return undefined;
};

const evolve = (incident: Incident, fact: Fact): Incident => {
  const at = instantOf(fact);
  switch (fact.type) {
    case 'AlertAttached':
    case 'IncidentAbsorbed':
      return {
        ...incident,
        serviceIds: [...new Set([...incident.serviceIds, ...(fact.data.serviceIds ?? [])])].sort(),
      };
    case 'ImpactStartCorrected':
      return { ...incident, impactStartedAt: Date.parse(fact.data.impactStartedAt) };
    case 'EarlierAlertFound': {
      const { detectedAt, impactStartedAt } = fact.data;
      return { ...incident, detectedAt: Date.parse(detectedAt), impactStartedAt: Date.parse(impactStartedAt) };
    }
    case 'ImpactIntervalCorrected':
      return { ...incident, intervals: corrected(incident.intervals, fact.data) };
    case 'CauseConfirmed':
      return { ...incident, isJudged: true, causes: confirmed(incident.causes, fact.data) };
    case 'CauseRejected':
      return { ...incident, isJudged: true, causes: rejected(incident.causes, fact.data) };
    case 'CauseWithdrawn':
      return { ...incident, isJudged: true, causes: withdrawn(incident.causes, fact.data) };
    default:
      return moved(incident, fact, at);
  }
};

const moved = (incident: Incident, fact: Fact, at: number): Incident => {
  const { intervals } = incident;
  switch (fact.type) {
    case 'IncidentMitigated': {
      const by = fact.data.deploymentId;
      const restored = lastRestored(intervals, { mitigatedAt: at });
      return { ...incident, intervals: restored, ...(by !== undefined && { mitigatedBy: by }) };
    }
    case 'IncidentResolved':
      return { ...incident, intervals: lastRestored(intervals, { resolvedAt: at }) };
    case 'IncidentReopened':
      return { ...incident, canceled: false, intervals: reopened(intervals, at) };
    case 'IncidentCanceled':
      return { ...incident, canceled: true };
    default:
      return incident;
  }
};

const detected = (id: string, at: number, data: DataOf<'IncidentDetected'>): Incident => ({
  id,
  serviceIds: [...data.serviceIds].sort(),
  ...(data.environmentId !== undefined && { environmentId: data.environmentId }),
  detectedAt: at,
  impactStartedAt: Date.parse(data.impactStartedAt),
  intervals: intervalsOf(at),
  causes: [],
  named: [],
  isJudged: false,
  canceled: false,
  imported: false,
  lateness: 0,
});
