/** A service in an environment; without `digests` nothing is live there yet. */
export type RunningService = Readonly<{
  service: string;
  serviceId: string;
  deploymentId?: string;
  digests?: readonly string[];
  artifactVersion?: string;
  since?: string;
  inProgress?: string;
  position: number;
}>;

export type Outcome = 'same' | 'different' | 'only-here' | 'only-there';
type Side = Pick<RunningService, 'deploymentId' | 'digests' | 'artifactVersion' | 'since'>;

export type ComparedService = Readonly<{
  service: string;
  serviceId: string;
  outcome: Outcome;
  here?: Side;
  there?: Side;
}>;

/** Services by name, with what is live on either side: the same when the digests are, whatever the versions say. */
export const compared = (
  here: readonly RunningService[],
  there: readonly RunningService[],
): readonly ComparedService[] => {
  const [ours, theirs] = [liveIn(here), liveIn(there)];
  const all = new Map([...theirs, ...ours]);
  return [...all.values()]
    .map(({ service, serviceId }) => {
      const [our, their] = [ours.get(serviceId), theirs.get(serviceId)];
      const outcome = outcomeOf(our, their);
      return { service, serviceId, outcome, ...(our && { here: sideOf(our) }), ...(their && { there: sideOf(their) }) };
    })
    .toSorted((a, b) => (a.service < b.service ? -1 : 1));
};

const liveIn = (services: readonly RunningService[]): ReadonlyMap<string, RunningService> =>
  new Map(services.filter(({ digests }) => digests).map(each => [each.serviceId, each]));

const outcomeOf = (our: RunningService | undefined, their: RunningService | undefined): Outcome => {
  if (!their) return 'only-here';
  if (!our) return 'only-there';
  return contentOf(our) === contentOf(their) ? 'same' : 'different';
};

const contentOf = ({ digests = [] }: RunningService): string => [...new Set(digests)].toSorted().join();

const sideOf = ({ deploymentId, digests, artifactVersion, since }: RunningService): Side => ({
  ...(deploymentId !== undefined && { deploymentId }),
  ...(digests && { digests }),
  ...(artifactVersion !== undefined && { artifactVersion }),
  ...(since !== undefined && { since }),
});
