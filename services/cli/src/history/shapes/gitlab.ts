import type { JsonObject } from '../../client.ts';
import { meaning, needed, present, type Shape, textAt } from '../row.ts';
import { instantOf } from '../times.ts';

const STATUSES = {
  success: 'succeeded',
  failed: 'failed',
  canceled: 'canceled',
  skipped: 'canceled',
  created: 'unfinished',
  running: 'unfinished',
  blocked: 'unfinished',
} as const;
const ENDED = ['success', 'failed', 'canceled', 'skipped'];

/** A deployment of the API, or the body of a deployment webhook. */
const deployment = (record: JsonObject): JsonObject =>
  textAt(record, 'object_kind') === 'deployment' ? ofWebhook(record) : ofApi(record);

const ofApi = (record: JsonObject): JsonObject => {
  const status = textAt(record, 'status');
  const created = instantOf(needed(textAt(record, 'created_at'), 'created_at'));
  const ended = textAt(record, 'deployable', 'finished_at') ?? textAt(record, 'updated_at');
  const started = textAt(record, 'deployable', 'started_at');
  return present({
    key: needed(textAt(record, 'id'), 'id'),
    url: textAt(record, 'deployable', 'web_url'),
    service: textAt(record, 'project', 'path_with_namespace') ?? projectIn(textAt(record, 'deployable', 'web_url')),
    environment: textAt(record, 'environment', 'name'),
    commit: textAt(record, 'sha'),
    requestedAt: created,
    startedAt: started === undefined ? created : instantOf(started),
    finishedAt: ENDED.includes(status ?? '') && ended !== undefined ? instantOf(ended) : undefined,
    outcome: meaning(STATUSES, status, 'status'),
  });
};

/** It tells of one moment only. */
const ofWebhook = (record: JsonObject): JsonObject => {
  const status = textAt(record, 'status');
  const changed = instantOf(needed(textAt(record, 'status_changed_at'), 'status_changed_at'));
  return present({
    key: needed(textAt(record, 'deployment_id'), 'deployment_id'),
    url: textAt(record, 'deployable_url'),
    service: textAt(record, 'project', 'path_with_namespace'),
    environment: textAt(record, 'environment'),
    commit: /\/commit\/([0-9a-f]{40})$/.exec(textAt(record, 'commit_url') ?? '')?.[1],
    startedAt: changed,
    finishedAt: ENDED.includes(status ?? '') ? changed : undefined,
    outcome: meaning(STATUSES, status, 'status'),
  });
};

const projectIn = (url: string | undefined): string | undefined => /^https?:\/\/[^/]+\/(.+?)\/-\//.exec(url ?? '')?.[1];

export const gitlab: Shape = {
  system: 'gitlab',
  source:
    'https://docs.gitlab.com/api/deployments/ and https://docs.gitlab.com/user/project/integrations/webhook_events/',
  reads: { deployments: deployment },
  isOne: record =>
    textAt(record, 'object_kind') === 'deployment' ||
    (Object.hasOwn(record, 'deployable') && textAt(record, 'environment', 'name') !== undefined),
};
