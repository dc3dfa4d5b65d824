import type { Target } from '@slipway/contracts';
import { repositoryOf, sameRepository } from './repository.ts';

export type KnownService = Readonly<{
  id: string;
  name: string;
  repositories: readonly string[];
  aliases: readonly string[];
}>;
export type KnownEnvironment = Readonly<{ id: string; name: string; aliases: readonly string[]; production: boolean }>;
/** Attached to a release right now. `position`: of the log, higher is later. */
export type KnownArtifact = Readonly<{
  releaseId: string;
  serviceId: string;
  version: string;
  digest: string;
  repository: string;
  commits: readonly string[];
  position: number;
  targets: readonly Target[];
  /** The open change that was raised last for the release. */
  changeId?: string;
}>;

/** What this service knows that could have to do with a run. */
export type Known = Readonly<{
  services: readonly KnownService[];
  environments: readonly KnownEnvironment[];
  artifacts: readonly KnownArtifact[];
}>;

/** `repository`: a repository, or what else the tool calls the service. `digests`: what runs, where the tool knows. */
export type Run = Readonly<{
  repository: string;
  environmentAlias: string;
  commit: string;
  digests?: readonly string[];
}>;
/** A person's word for what the names alone do not tell. */
export type Binding = Readonly<{ serviceId: string; environmentId: string }>;

export type Match = Readonly<{
  target: Target;
  production: boolean;
  digests: readonly string[];
  version?: string;
  releaseId?: string;
  changeId?: string;
}>;
export type Missing = 'service' | 'environment' | 'service-ambiguous';
export type Found = Readonly<{ matched: Match }> | Readonly<{ missing: Missing }>;

/** Repository or name to service, environment alias to environment, digest or commit to artifact, release and change. */
export const matchRun = (run: Run, known: Known, bound?: Binding): Found => {
  const built = known.artifacts.filter(isOf(run));
  const services = bound ? known.services.filter(({ id }) => id === bound.serviceId) : servicesOf(run, known, built);
  if (services.length === 0) return { missing: 'service' };
  if (services.length > 1) return { missing: 'service-ambiguous' };
  const environment = known.environments.find(
    bound ? ({ id }) => id === bound.environmentId : isCalled(run.environmentAlias, known),
  );
  if (!environment) return { missing: 'environment' };
  const [{ id: serviceId }] = services as [KnownService];
  const artifact = latest(built.filter(each => each.serviceId === serviceId));
  const wave =
    artifact?.targets.find(each => each.serviceId === serviceId && each.environmentId === environment.id)?.wave ?? 1;
  return {
    matched: {
      target: { serviceId, environmentId: environment.id, wave },
      production: environment.production,
      digests: run.digests ?? (artifact ? [artifact.digest] : []),
      ...(artifact && { version: artifact.version, releaseId: artifact.releaseId }),
      ...(artifact?.changeId !== undefined && { changeId: artifact.changeId }),
    },
  };
};

const isOf =
  ({ digests, commit, repository }: Run) =>
  (artifact: KnownArtifact): boolean =>
    digests
      ? digests.includes(artifact.digest)
      : artifact.commits.includes(commit) && same(artifact.repository, repository);

const same = (a: string, b: string): boolean => sameRepository(repositoryOf(a), repositoryOf(b));

/** Several services may live in one repository: then the one for which this commit was built. */
const servicesOf = (run: Run, { services }: Known, built: readonly KnownArtifact[]): readonly KnownService[] => {
  const living = services.filter(({ name, repositories, aliases }) =>
    [name, ...repositories, ...aliases].some(each => same(each, run.repository)),
  );
  if (living.length < 2) return living;
  const named = living.filter(({ id }) => built.some(({ serviceId }) => serviceId === id));
  return named.length === 1 ? named : living;
};

/** By its name before any alias; an alias that several have is nobody's. */
const isCalled = (alias: string, { environments }: Known) => {
  const wanted = alias.toLowerCase();
  const named = environments.filter(({ name }) => name.toLowerCase() === wanted);
  const aliased = environments.filter(({ aliases }) => aliases.some(each => each.toLowerCase() === wanted));
  const candidates = named.length > 0 ? named : aliased;
  return (environment: KnownEnvironment): boolean => candidates.length === 1 && candidates[0]?.id === environment.id;
};

const latest = (artifacts: readonly KnownArtifact[]): KnownArtifact | undefined =>
  artifacts.toSorted((a, b) => b.position - a.position)[0];
