import { isProduction } from '@slipway/contracts';
import { byRecord, type Fact } from './facts.ts';
import { type Incident, incidentsOf } from './incidents.ts';
import { type Rollout, rolloutsOf, type Unit } from './rollouts.ts';
import { type Run, runsOf } from './runs.ts';

export type Attached = Readonly<{
  releaseId: string;
  serviceId: string;
  digest: string;
  repository: string;
  commits: readonly Readonly<{ sha: string; committedAt: string }>[];
}>;

/** What is asked about: a service, or all of them in a blend; an environment, or all of production. Ids. */
export type Scope = Readonly<{ serviceId?: string; environmentId?: string }>;

/** The records that the facts tell of, in scope. */
export type Known = Readonly<{
  unit: Unit;
  scope: Scope;
  runs: readonly Run[];
  rollouts: readonly Rollout[];
  /** All of them: which service an incident is about does not say which one caused it. */
  incidents: readonly Incident[];
  /** Those of the service and of production, or of the environment that was asked for. */
  incidentsInScope: readonly Incident[];
  /** Of the service, when an environment was asked for: nobody said where they were. */
  incidentsSomewhere: readonly Incident[];
  /** What releases attached, by service and digest. */
  artifacts: ReadonlyMap<string, readonly Attached[]>;
}>;

export const knownOf = (facts: readonly Fact[], scope: Scope = {}): Known => {
  const unit = scope.serviceId === undefined ? 'blend' : 'service';
  const runs = runsOf(facts).filter(
    run => matches(scope.serviceId, run.serviceId) && matches(scope.environmentId, run.environmentId),
  );
  const incidents = incidentsOf(facts);
  const elsewhere = notProduction(facts);
  const inEnvironment = ({ environmentId }: Incident): boolean =>
    scope.environmentId === undefined ? !elsewhere.has(environmentId ?? '') : scope.environmentId === environmentId;
  const ofService = incidents.filter(
    ({ serviceIds }) => scope.serviceId === undefined || serviceIds.includes(scope.serviceId),
  );
  return {
    unit,
    scope,
    runs,
    rollouts: rolloutsOf(runs, incidents, unit),
    incidents,
    incidentsInScope: ofService.filter(inEnvironment),
    incidentsSomewhere: ofService.filter(
      ({ environmentId }) => scope.environmentId !== undefined && environmentId === undefined,
    ),
    artifacts: Map.groupBy(attachedOf(facts), ({ serviceId, digest }) => artifactKey(serviceId, digest)),
  };
};

export const artifactKey = (serviceId: string, digest: string): string => `${serviceId} ${digest}`;

const matches = (wanted: string | undefined, is: string): boolean => wanted === undefined || wanted === is;

/** Environments that are known to be for trying things out. */
const notProduction = (facts: readonly Fact[]): ReadonlySet<string> => {
  const tiers = [...byRecord(facts, 'environment')].flatMap(([id, record]) =>
    record.flatMap(fact =>
      fact.type === 'EnvironmentRegistered' || fact.type === 'EnvironmentUpdated'
        ? [[id, fact.data.tier] as const]
        : [],
    ),
  );
  return new Set([...new Map(tiers)].filter(([, tier]) => !isProduction(tier)).map(([id]) => id));
};

/** What is attached to each release now. */
const attachedOf = (facts: readonly Fact[]): readonly Attached[] =>
  [...byRecord(facts, 'release')].flatMap(([releaseId, record]) => [
    ...record.reduce((now, fact) => attach(releaseId, now, fact), NONE).values(),
  ]);

const NONE: ReadonlyMap<string, Attached> = new Map();

const attach = (releaseId: string, now: ReadonlyMap<string, Attached>, fact: Fact): ReadonlyMap<string, Attached> => {
  if (fact.type === 'ArtifactAttached') {
    const { serviceId, digest, repository, commits } = fact.data.artifact;
    return new Map(now).set(artifactKey(serviceId, digest), { releaseId, serviceId, digest, repository, commits });
  }
  if (fact.type !== 'ArtifactDetached') return now;
  const { serviceId, digest } = fact.data;
  return new Map([...now].filter(([key]) => key !== artifactKey(serviceId, digest)));
};
