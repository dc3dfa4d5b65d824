import type { DataOf } from '../facts/facts.ts';
import type { Named } from './causes.ts';
import type { Incident } from './incident.ts';

type Imported = DataOf<'IncidentImported'>;

/** An incident of history, in whole as the source said it last; what people judged here stays. */
export const importedIncident = (id: string, before: Incident | undefined, data: Imported): Incident => {
  const { serviceIds, environmentId, impactStartedAt, detectedAt, mitigatedAt, resolvedAt, closedAt, canceled } = data;
  const resolved = resolvedAt ?? closedAt;
  return {
    id,
    serviceIds: [...serviceIds].sort(),
    ...(environmentId !== undefined && { environmentId }),
    detectedAt: Date.parse(detectedAt),
    impactStartedAt: Date.parse(impactStartedAt ?? detectedAt),
    intervals: [
      {
        from: Date.parse(detectedAt),
        ...(mitigatedAt !== undefined && { mitigatedAt: Date.parse(mitigatedAt) }),
        ...(resolved !== undefined && { resolvedAt: Date.parse(resolved) }),
      },
    ],
    causes: before?.causes ?? [],
    named: data.namedCauses.map(namedOf),
    isJudged: before?.isJudged ?? false,
    canceled: canceled !== undefined,
    imported: true,
    lateness: before?.lateness ?? 0,
  };
};

const namedOf = ({ kind, record }: Imported['namedCauses'][number], index: number): Named => ({
  kind,
  ...(kind === 'deployment' && record !== undefined && { deploymentId: record.id }),
  ...(kind === 'change' && record !== undefined && { changeId: record.id }),
  primary: index === 0,
});
