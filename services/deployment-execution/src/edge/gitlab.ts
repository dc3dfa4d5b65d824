import { sameSecret, utcOf } from '@slipway/edge';
import { Type } from 'typebox';
import { Check } from 'typebox/value';
import type { Read, RunReport } from './tool-message.ts';

const DeploymentHook = Type.Object({
  object_kind: Type.Literal('deployment'),
  status: Type.String(),
  status_changed_at: Type.String(),
  deployment_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  environment: Type.String({ minLength: 1, maxLength: 255 }),
  project: Type.Object({ web_url: Type.String({ minLength: 1, maxLength: 300 }) }),
  user: Type.Object({ username: Type.String({ minLength: 1, maxLength: 255 }) }),
  commit_url: Type.String({ pattern: '/[0-9a-f]{40}([0-9a-f]{24})?$' }),
});

const STATUSES: Readonly<Record<string, RunReport['status']>> = {
  created: 'queued',
  blocked: 'waiting',
  running: 'running',
  success: 'succeeded',
  failed: 'failed',
  canceled: 'canceled',
  skipped: 'canceled',
};

/** `X-Gitlab-Token` is the secret itself. */
export const isFromGitLab = (secret: string, token: string | undefined): boolean =>
  token !== undefined && sameSecret(secret, token);

/** What makes a message the same: the deployment, its status, and when that changed. */
export const gitLabIdentity = ({ repository, externalId, status, occurredAt }: RunReport): string =>
  [repository, externalId, status, occurredAt].join(' ');

/** `kind` is `object_kind` of the body. */
export const readGitLab = (body: unknown): Read => {
  if (!Check(Type.Object({ object_kind: Type.String() }), body)) return { problem: 'no-object-kind' };
  if (body.object_kind !== 'deployment') return { unused: body.object_kind.slice(0, 50) };
  if (!Check(DeploymentHook, body)) return { problem: 'not-a-deployment' };
  const status = STATUSES[body.status];
  const occurredAt = instantOf(body.status_changed_at);
  if (status === undefined) return { problem: 'unknown-state' };
  if (occurredAt === undefined) return { problem: 'no-such-instant' };
  return {
    report: {
      externalId: String(body.deployment_id),
      repository: body.project.web_url,
      environmentAlias: body.environment,
      commit: body.commit_url.slice(body.commit_url.lastIndexOf('/') + 1),
      status,
      occurredAt,
      startedBy: `gitlab:${body.user.username}`,
    },
  };
};

/** GitLab writes `2021-04-28 21:50:00 +0200`, `2021-02-25 21:23:34 UTC` and ISO 8601. */
export const instantOf = (text: string): string | undefined => {
  const [, day, time, zone = ''] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) (UTC|[+-]\d{4})$/.exec(text) ?? [];
  return utcOf(day === undefined ? text : `${day}T${time}${zone === 'UTC' ? 'Z' : zone.replace(/(\d{2})$/, ':$1')}`);
};
