import type { Artifact, Content } from '@slipway/contracts';

type Authored = Readonly<{ sha: string; committedAt: string; authoredAt?: string }>;

const commit = ({ sha, committedAt, authoredAt }: Authored) => ({
  sha,
  committedAt,
  ...(authoredAt !== undefined && { authoredAt }),
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
};

/** A field of an event without what no measure needs: people, and the most of it. */
export const trimmed = (field: string, value: unknown): unknown => fields[field]?.(value as never) ?? value;
