import type { Json, JsonObject } from '../../client.ts';
import { at, listAt, meaning, needed, present, type Shape, textAt, Unreadable } from '../row.ts';
import { instantOf } from '../times.ts';

const STATES = {
  success: 'succeeded',
  inactive: 'succeeded',
  failure: 'failed',
  error: 'failed',
  pending: 'unfinished',
  queued: 'unfinished',
  in_progress: 'unfinished',
  waiting: 'unfinished',
} as const;

type Status = Readonly<{ state: string; at: string }>;

/** A deployment with its `statuses`, or the body of a `deployment_status` webhook. */
const deployment = (record: JsonObject): JsonObject => {
  const body = at(record, 'deployment') ?? record;
  const statuses = statusesOf(record);
  const end = statuses.find(({ state }) => ['success', 'failure', 'error'].includes(state));
  const last = statuses.at(-1);
  if (!last)
    throw new Unreadable('outcome-missing', 'It has no statuses: export each deployment with its statuses beside it.');
  const commit = textAt(body, 'sha');
  return present({
    key: needed(textAt(body, 'id'), 'id'),
    url: textAt(body, 'url'),
    service:
      textAt(record, 'repository', 'full_name') ?? repositoryIn(textAt(body, 'repository_url') ?? textAt(body, 'url')),
    environment: textAt(body, 'environment'),
    commit,
    version: refOf(textAt(body, 'ref'), commit),
    requestedAt: instantOf(needed(textAt(body, 'created_at'), 'created_at')),
    startedAt: (
      statuses.find(({ state }) => state === 'in_progress') ?? { at: instantOf(textAt(body, 'created_at') ?? '') }
    ).at,
    finishedAt: end?.at,
    outcome: meaning(STATES, (end ?? last).state, 'state'),
  });
};

const statusesOf = (record: JsonObject): readonly Status[] => {
  const told = at(record, 'deployment_status');
  const all: readonly Json[] = told === undefined ? listAt(record, 'statuses') : [told];
  return all
    .map(each => ({
      state: needed(textAt(each, 'state'), 'statuses.state'),
      at: instantOf(needed(textAt(each, 'created_at'), 'statuses.created_at')),
    }))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
};

const repositoryIn = (url: string | undefined): string | undefined => /\/repos\/([^/]+\/[^/]+)/.exec(url ?? '')?.[1];

/** What is no branch: a tag says which version it was. */
const refOf = (ref: string | undefined, commit: string | undefined): string | undefined =>
  ref !== undefined && ref !== commit && /^(refs\/tags\/)?v?\d+\.\d+/.test(ref)
    ? ref.replace(/^refs\/tags\//, '')
    : undefined;

export const github: Shape = {
  system: 'github',
  source: 'https://docs.github.com/en/rest/deployments/deployments and …/statuses; webhook deployment_status',
  reads: { deployments: deployment },
  isOne: record => at(record, 'deployment_status') !== undefined || textAt(record, 'statuses_url') !== undefined,
};
