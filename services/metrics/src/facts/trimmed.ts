import type { Artifact, Content, ScopeItem, SuccessCriterion } from '@slipway/contracts';

type Authored = Readonly<{ sha: string; committedAt: string; authoredAt?: string }>;

const commit = ({ sha, committedAt, authoredAt }: Authored) => ({
  sha,
  committedAt,
  ...(authoredAt !== undefined && { authoredAt }),
});

const scopeItem = ({ key, kind, title }: ScopeItem) => ({ key, kind, title });

/** That somebody said in words how it is judged stays; the words are sealed. */
const criterion = ({ id, title, measurement, howJudged }: SuccessCriterion) => ({
  id,
  title,
  ...(measurement && { measurement }),
  ...(howJudged !== undefined && { howJudged: 'in-words' }),
});

const fields: Readonly<Record<string, (value: never) => unknown>> = {
  artifact: ({ serviceId, digest, repository, commits, pullRequests = [] }: Artifact) => ({
    serviceId,
    digest,
    repository,
    commits: commits.map(commit),
    pullRequests,
  }),
  commits: (commits: readonly Authored[]) => commits.map(commit),
  content: ({ targets }: Content) => ({ targets }),
  criteria: (criteria: readonly SuccessCriterion[]) => criteria.map(criterion),
  item: scopeItem,
  put: (items: readonly ScopeItem[]) => items.map(scopeItem),
};

/** A field of an event without what no measure needs: people, and the most of it. */
export const trimmed = (field: string, value: unknown): unknown => fields[field]?.(value as never) ?? value;
