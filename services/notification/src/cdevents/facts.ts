import type { Delivery } from '@slipway/consumers';
import type {
  CatalogEvent,
  DeploymentExecutionEvent,
  IncidentCorrelationEvent,
  PlanningEvent,
} from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import type { Facts } from './mapping.ts';

export type Told = Delivery<CatalogEvent | DeploymentExecutionEvent | IncidentCorrelationEvent | PlanningEvent>;

/** What was learned before, by key: a stream, `live <service> <environment>`, `purl <digest>`. */
export type Known = Readonly<{ get: (key: string) => Facts | undefined }>;
/** What is learned from an event, for later ones. */
export type Learned = readonly (readonly [key: string, facts: Facts])[];

const liveAt = (serviceId: unknown, environmentId: unknown): string =>
  `live ${String(serviceId)} ${String(environmentId)}`;
const purlOf = (digest: string): string => `purl ${digest}`;

/** The keys that are asked for to tell an event and to learn from it. */
export const keysOf = (event: Told, known: Known): readonly string[] => {
  const { stream, type, data } = event;
  if (type === 'DeploymentRequested') {
    const { serviceId, environmentId } = data.target;
    return [stream, liveAt(serviceId, environmentId), `service-${serviceId}`, ...data.digests.map(purlOf)];
  }
  const { serviceId, environmentId, digests = [] } = (known.get(stream) ?? {}) as Deployment;
  if (type !== 'DeploymentFinished' || serviceId === undefined) return [stream];
  return [stream, liveAt(serviceId, environmentId), `service-${serviceId}`, ...digests.map(purlOf)];
};

type Deployment = Readonly<{
  serviceId?: string;
  environmentId?: string;
  digests?: readonly string[];
  version?: string;
}>;

export const learnedFrom = ({ stream, ...event }: Told): Learned => {
  switch (event.type) {
    case 'ServiceRegistered':
    case 'ServiceUpdated':
    case 'EnvironmentRegistered':
    case 'EnvironmentUpdated':
      return [[stream, { name: event.data.name }]];
    case 'ArtifactAttached':
      return [[purlOf(event.data.artifact.digest), { purl: event.data.artifact.purl }]];
    case 'DeploymentRequested': {
      const { kind, target, digests, version } = event.data;
      const { serviceId, environmentId } = target;
      return [[stream, { kind, serviceId, environmentId, digests, ...(version !== undefined && { version }) }]];
    }
    case 'TargetReleased': {
      const { serviceId, environmentId, live } = event.data;
      return live ? [[liveAt(serviceId, environmentId), { digests: live.digests }]] : [];
    }
    case 'IncidentDetected': {
      const { title, serviceIds, environmentId } = event.data;
      return [[stream, { title, serviceIds, ...(environmentId !== undefined && { environmentId }) }]];
    }
    default:
      return [];
  }
};

/** Everything that a line of the mapping may name, after what this event taught. */
export const factsOf = (event: Told, known: Known): Facts => {
  const own = known.get(event.stream) ?? {};
  switch (event.type) {
    case 'EnvironmentRegistered':
    case 'EnvironmentUpdated':
      return { environmentId: idOf(event.stream), name: event.data.name };
    case 'DeploymentFinished':
      return { ...own, ...placeOf(own), ...rolloutOf(own, known) };
    case 'IncidentDetected':
    case 'IncidentResolved':
      return { ...placeOf(own), ...affectedBy(own), incidentId: idOf(event.stream), description: own['title'] };
    case 'PipelineRunReported': {
      const { status, repository } = event.data;
      const uri = `urn:slipway:${event.stream}`;
      const outcome = OUTCOMES[status];
      return { pipelineRunId: idOf(event.stream), pipelineName: repository, uri, status, ...(outcome && { outcome }) };
    }
    default:
      return {};
  }
};

const OUTCOMES: Readonly<Record<string, string>> = { succeeded: 'success', failed: 'failure', canceled: 'cancel' };

const placeOf = ({ environmentId }: Facts): Facts =>
  environmentId === undefined ? {} : { environment: { id: environmentId, source: '/slipway/catalog' } };

// CDEvents has room for one service.
const affectedBy = ({ serviceIds }: Facts): Facts =>
  Array.isArray(serviceIds) && serviceIds.length === 1
    ? { service: { id: serviceIds[0] as string, source: '/slipway/catalog' } }
    : {};

const rolloutOf = (own: Facts, known: Known): Facts => {
  const { serviceId, environmentId, digests = [], version } = own as Deployment;
  const [digest] = digests;
  if (serviceId === undefined || digest === undefined) return {};
  const name = known.get(`service-${serviceId}`)?.['name'];
  const purl = known.get(purlOf(digest))?.['purl'];
  const live = known.get(liveAt(serviceId, environmentId))?.['digests'];
  return {
    artifactId: typeof purl === 'string' ? purl : purlFor(typeof name === 'string' ? name : serviceId, version, digest),
    replaces: Array.isArray(live) && !live.includes(digest),
  };
};

/** A package URL of the type that is for what has no other. */
const purlFor = (name: string, version: string | undefined, digest: string): string =>
  `pkg:generic/${encodeURIComponent(name)}${version === undefined ? '' : `@${encodeURIComponent(version)}`}?checksum=${digest}`;
