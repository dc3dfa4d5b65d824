import { categoryOf, idOf } from '@slipway/event-sourcing';
import type { DataOf, Fact } from '../facts/facts.ts';

/** What a record is about, as far as figures go, and which deployments it says something of. Sets that only grow, but of the catalog. */
export type Reach = Readonly<{
  serviceIds: readonly string[];
  /** Streams. */
  named: readonly string[];
  name?: string;
  /** Of a service. */
  ownerTeam?: string;
}>;

export const NO_REACH: Reach = { serviceIds: [], named: [] };

/** Whose figures a fact may change depends on what the catalog says: of all of them. */
export const reachesAll = ({ stream }: Fact): boolean =>
  ['service', 'application', 'environment'].includes(categoryOf(stream));

export const reachAfter = (reach: Reach, fact: Fact): Reach => {
  switch (fact.type) {
    case 'ServiceRegistered':
    case 'ServiceUpdated':
      return { ...reach, serviceIds: [idOf(fact.stream)], ...namedAs(fact.data) };
    case 'ApplicationRegistered':
    case 'ApplicationUpdated':
      return { ...reach, serviceIds: fact.data.serviceIds, ...namedAs(fact.data) };
    default:
      return {
        ...reach,
        serviceIds: union(reach.serviceIds, servicesIn(fact)),
        named: union(
          reach.named,
          deploymentsIn(fact).map(id => `deployment-${id}`),
        ),
      };
  }
};

const namedAs = ({ name, ownerTeam }: Readonly<{ name: string; ownerTeam?: string }>) => ({
  name,
  ...(ownerTeam !== undefined && { ownerTeam }),
});

const servicesIn = (fact: Fact): readonly string[] => {
  switch (fact.type) {
    case 'DeploymentRequested':
      return fact.data.production ? [fact.data.target.serviceId] : [];
    case 'DeploymentImported':
      return fact.data.production ? [fact.data.serviceId] : [];
    case 'ArtifactAttached':
      return [fact.data.artifact.serviceId];
    case 'ArtifactDetached':
      return [fact.data.serviceId];
    case 'ChangeRaised':
      return [...fact.data.serviceIds, ...targetsIn(fact.data)];
    case 'ChangeRevised':
      return targetsIn(fact.data);
    case 'ChangeImported':
    case 'IncidentDetected':
    case 'IncidentImported':
    case 'AlertAttached':
    case 'IncidentAbsorbed':
      return fact.data.serviceIds ?? [];
    default:
      return [];
  }
};

const targetsIn = ({ content }: DataOf<'ChangeRevised'>): readonly string[] =>
  content.targets.map(({ serviceId }) => serviceId);

/** Whether a rollout failed is said by its hotfixes and its incidents, too. */
const deploymentsIn = (fact: Fact): readonly string[] => {
  switch (fact.type) {
    case 'DeploymentRequested':
    case 'DeploymentKindCorrected':
      return some(fact.data.undoes);
    case 'DeploymentImported':
      return [...some(fact.data.undoes?.id), ...ofDeployment(fact.data.remediates)];
    case 'RemediationConfirmed':
    case 'RemediationRejected':
      return ofDeployment({ record: fact.data.record, id: fact.data.recordId });
    case 'CauseConfirmed':
    case 'CauseRejected':
    case 'CauseWithdrawn':
      return some(fact.data.deploymentId);
    case 'IncidentImported':
      return fact.data.namedCauses.flatMap(({ kind, record }) => (kind === 'deployment' ? some(record?.id) : []));
    default:
      return [];
  }
};

const ofDeployment = (mended: Readonly<{ record: string; id: string }> | undefined): readonly string[] =>
  mended?.record === 'deployment' ? [mended.id] : [];

const some = (id: string | undefined): readonly string[] => (id === undefined ? [] : [id]);

const union = (before: readonly string[], more: readonly string[]): readonly string[] =>
  more.every(each => before.includes(each)) ? before : [...new Set([...before, ...more])];
