import type { Delivery } from '@slipway/consumers';
import { categoryOf } from '@slipway/event-sourcing';
import type { Fact } from './facts.ts';

/** The services that a change, an incident or a release is about, as far as this fact says. A deployment is about its target. */
export const subjectsOf = (fact: Fact): readonly string[] => {
  switch (fact.type) {
    case 'ChangeRaised':
    case 'ChangeImported':
    case 'IncidentDetected':
    case 'IncidentAbsorbed':
    case 'IncidentImported':
      return fact.data.serviceIds ?? [];
    case 'AlertAttached':
      return fact.data.serviceIds ?? [];
    case 'ArtifactAttached':
      return [fact.data.artifact.serviceId];
    default:
      return [];
  }
};

/** The production target's service of a deployment. */
export const serviceOf = (fact: Fact): string | undefined => {
  if (fact.type === 'DeploymentRequested') return fact.data.production ? fact.data.target.serviceId : undefined;
  if (fact.type === 'DeploymentImported') return fact.data.production ? fact.data.serviceId : undefined;
  return undefined;
};

/** The streams of other records that a fact names: what says something of one may change a figure of the other. */
export const mentionedIn = (fact: Fact): readonly string[] => {
  switch (fact.type) {
    case 'DeploymentRequested':
      return streams(
        ['change', fact.data.changeId],
        ['release', fact.data.releaseId],
        ['deployment', fact.data.undoes],
      );
    case 'DeploymentKindCorrected':
      return streams(['deployment', fact.data.undoes]);
    case 'DeploymentImported': {
      const { change, undoes, remediates } = fact.data;
      return streams(['change', change?.id], ['deployment', undoes?.id], [remediates?.record ?? '', remediates?.id]);
    }
    case 'RemediationConfirmed':
    case 'RemediationRejected':
      return streams([fact.data.record, fact.data.recordId]);
    case 'ChangeRaised':
      return streams(...fact.data.releaseIds.map(id => ['release', id] as const));
    case 'CauseConfirmed':
      return streams(['deployment', fact.data.deploymentId], ['change', fact.data.changeId]);
    case 'IncidentMitigated':
      return streams(['deployment', fact.data.deploymentId]);
    case 'IncidentImported':
      return streams(...fact.data.namedCauses.map(({ kind, record }) => [kind, record?.id] as const));
    default:
      return [];
  }
};

const NAMED = ['deployment', 'change', 'release', 'incident'];

const streams = (...named: readonly (readonly [category: string, id: string | undefined])[]): readonly string[] => [
  ...new Set(
    named.flatMap(([category, id]) => (id !== undefined && NAMED.includes(category) ? `${category}-${id}` : [])),
  ),
];

/** What an event belongs to, when figures are other ones because of it: the request that it came in, or the batch of an import. */
export type Correction = Readonly<{ kind: 'request' | 'import'; id: string }>;

export const correctionOf = ({ data, correlationId }: Pick<Delivery, 'data' | 'correlationId'>): Correction => {
  const { origin } = data as { origin?: { batch?: string } };
  return origin?.batch === undefined ? { kind: 'request', id: correlationId } : { kind: 'import', id: origin.batch };
};

/** What the catalog says of an environment decides for every service whether an incident counts. */
export const isAboutAll = (fact: Fact): boolean => categoryOf(fact.stream) === 'environment';
