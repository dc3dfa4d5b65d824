import { type DataOf, type Fact, rowsOf } from '../facts/facts.ts';
import { type Code, ofRepository } from './code.ts';

/** What a release says of the content of deployments. */
export type Release = Readonly<{
  id: string;
  class?: DataOf<'ReleaseDrafted'>['class'];
  /** By `artifactKey`: what is attached to it now. */
  artifacts: Readonly<Record<string, Code>>;
}>;

export const releasesOf = (facts: readonly Fact[]): readonly Release[] => rowsOf(facts, 'release', releaseRow);

export const artifactKey = (serviceId: string, digest: string): string => `${serviceId} ${digest}`;

/** The row of a release: a fold of its own facts alone. */
export const releaseRow = (id: string, release: Release = { id, artifacts: {} }, fact: Fact): Release => {
  switch (fact.type) {
    case 'ReleaseDrafted':
      return { ...release, class: fact.data.class };
    case 'ArtifactAttached': {
      const { serviceId, digest, repository, commits, pullRequests = [] } = fact.data.artifact;
      const code = { commits, pullRequests: ofRepository(repository, pullRequests) };
      return { ...release, artifacts: { ...release.artifacts, [artifactKey(serviceId, digest)]: code } };
    }
    case 'ArtifactDetached': {
      const { [artifactKey(fact.data.serviceId, fact.data.digest)]: _, ...artifacts } = release.artifacts;
      return { ...release, artifacts };
    }
    default:
      return release;
  }
};
