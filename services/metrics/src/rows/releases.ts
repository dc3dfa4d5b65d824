import { type JudgedCriterion, type ReleaseEvent, successCriteriaAfter } from '@slipway/contracts';
import { type DataOf, type Fact, instantOf, rowsOf } from '../facts/facts.ts';
import { type Code, ofRepository } from './code.ts';

type Item = DataOf<'ScopeItemAdded'>['item'];

/** What a release says of the content of deployments, and of itself. */
export type Release = Readonly<{
  id: string;
  title?: string;
  class?: DataOf<'ReleaseDrafted'>['class'];
  window?: DataOf<'ReleaseScheduled'>['window'];
  targets: DataOf<'ReleaseScheduled'>['targets'];
  /** By `artifactKey`: what is attached to it now. */
  artifacts: Readonly<Record<string, Code>>;
  scope: readonly Pick<Item, 'key' | 'kind' | 'title'>[];
  /** Declared while it was planned, judged before it is closed. */
  successCriteria: readonly JudgedCriterion[];
  /** How it ended, if it did. */
  ended?: Readonly<{ how: 'full' | 'partial' | 'rolled-back' | 'canceled' | 'withdrawn'; at: number }>;
}>;

export const releasesOf = (facts: readonly Fact[]): readonly Release[] => rowsOf(facts, 'release', releaseRow);

export const artifactKey = (serviceId: string, digest: string): string => `${serviceId} ${digest}`;

/** The services that it brings something of, or goes to. */
export const servicesOf = ({ artifacts, targets }: Release): readonly string[] => [
  ...new Set([
    ...Object.keys(artifacts).map(key => key.slice(0, key.indexOf(' '))),
    ...targets.map(({ serviceId }) => serviceId),
  ]),
];

const nothingOf = (id: string): Release => ({ id, targets: [], artifacts: {}, scope: [], successCriteria: [] });

/** The row of a release: a fold of its own facts alone. */
export const releaseRow = (id: string, release: Release | undefined = nothingOf(id), fact: Fact): Release => {
  switch (fact.type) {
    case 'ReleaseDrafted':
      return { ...release, title: fact.data.title, class: fact.data.class };
    case 'ReleaseDetailsChanged':
      return { ...release, ...(fact.data.title !== undefined && { title: fact.data.title }) };
    case 'ReleaseScheduled':
    case 'ReleaseRescheduled':
      return { ...release, window: fact.data.window, targets: fact.data.targets };
    case 'ArtifactAttached': {
      const { serviceId, digest, repository, commits, pullRequests = [] } = fact.data.artifact;
      const code = { commits, pullRequests: ofRepository(repository, pullRequests) };
      return { ...release, artifacts: { ...release.artifacts, [artifactKey(serviceId, digest)]: code } };
    }
    case 'ArtifactDetached': {
      const { [artifactKey(fact.data.serviceId, fact.data.digest)]: _, ...artifacts } = release.artifacts;
      return { ...release, artifacts };
    }
    // What is cut off, the note and who judged, is not looked at here.
    case 'SuccessCriteriaDeclared':
    case 'SuccessCriterionJudged':
    case 'ReleasePlanningReopened':
      return {
        ...release,
        successCriteria: successCriteriaAfter(release.successCriteria, fact as unknown as ReleaseEvent),
      };
    default:
      return ended(rescoped(release, fact), fact);
  }
};

const rescoped = (release: Release, fact: Fact): Release => {
  switch (fact.type) {
    case 'ScopeItemAdded':
      return { ...release, scope: scopeAfter(release.scope, [fact.data.item], []) };
    case 'ScopeItemRemoved':
      return { ...release, scope: scopeAfter(release.scope, [], [fact.data.key]) };
    case 'ScopeItemsChanged':
      return { ...release, scope: scopeAfter(release.scope, fact.data.put, fact.data.removed) };
    default:
      return release;
  }
};

/** What is put takes the place of the item with its key, or is new. */
const scopeAfter = (scope: Release['scope'], put: Release['scope'], removed: readonly string[]): Release['scope'] => {
  const items = new Map([...scope, ...put].map(item => [item.key, item]));
  for (const key of removed) items.delete(key);
  return [...items.values()];
};

const ended = (release: Release, fact: Fact): Release => {
  const at = instantOf(fact);
  switch (fact.type) {
    case 'ReleaseClosed':
      return { ...release, ended: { how: fact.data.outcome, at } };
    case 'ReleaseCanceled':
      return { ...release, ended: { how: 'canceled', at } };
    case 'ReleaseWithdrawn':
      return { ...release, ended: { how: 'withdrawn', at } };
    default:
      return release;
  }
};
