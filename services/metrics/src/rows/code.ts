/** What was written for a content. */
export type Code = Readonly<{ commits: readonly Commit[]; pullRequests: readonly PullRequest[] }>;
export type Commit = Readonly<{ sha: string; committedAt: string; authoredAt?: string }>;
export type PullRequest = Readonly<{ key: string; firstCommitAt?: string; mergedAt?: string }>;

/** A pull request is numbered within its repository. */
export const ofRepository = (repository: string, pullRequests: readonly PullRequest[]): readonly PullRequest[] =>
  pullRequests.map(request => ({ ...request, key: `${repository}#${request.key}` }));

export const NO_CODE: Code = { commits: [], pullRequests: [] };
