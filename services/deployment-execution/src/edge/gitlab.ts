import { sameSecret, utcOf } from '@slipway/edge';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import type { Read, RunReport } from './tool-message.ts';

const DeploymentHook = Type.Object({
  object_kind: Type.Literal('deployment'),
  status: Type.String(),
  status_changed_at: Type.String(),
  deployment_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  deployable_id: Type.Optional(
    Type.Union([Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), Type.Null()]),
  ),
  environment: Type.String({ minLength: 1, maxLength: 255 }),
  project: Type.Object({ web_url: Type.String({ minLength: 1, maxLength: 300 }) }),
  user: Type.Object({ username: Type.String({ minLength: 1, maxLength: 255 }) }),
  commit_url: Type.String({ pattern: '/[0-9a-f]{40}([0-9a-f]{24})?$' }),
});

const EnvironmentOf = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 255 }),
  action: Type.Optional(Type.String()),
});
const PipelineHook = Type.Object({
  object_kind: Type.Literal('pipeline'),
  object_attributes: Type.Object({ sha: Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' }) }),
  project: Type.Object({ web_url: Type.String({ minLength: 1, maxLength: 300 }) }),
  builds: Type.Array(
    Type.Object({
      id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
      status: Type.String(),
      created_at: Type.String(),
      started_at: Type.Union([Type.String(), Type.Null()]),
      finished_at: Type.Union([Type.String(), Type.Null()]),
      user: Type.Object({ username: Type.String({ minLength: 1, maxLength: 255 }) }),
      environment: Type.Optional(Type.Union([EnvironmentOf, Type.Null()])),
    }),
    { maxItems: 5_000 },
  ),
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

/** `kind` is `object_kind` of the body. */
export const readGitLab = (body: unknown): Read => {
  if (!Check(Type.Object({ object_kind: Type.String() }), body)) return { problem: 'no-object-kind' };
  if (body.object_kind === 'pipeline')
    return Check(PipelineHook, body) ? ofPipeline(body) : { problem: 'not-a-pipeline' };
  if (body.object_kind !== 'deployment') return { unused: body.object_kind.slice(0, 50) };
  if (!Check(DeploymentHook, body)) return { problem: 'not-a-deployment' };
  const status = STATUSES[body.status];
  const occurredAt = instantOf(body.status_changed_at);
  if (status === undefined) return { problem: 'unknown-state' };
  if (occurredAt === undefined) return { problem: 'no-such-instant' };
  return {
    reports: [
      {
        // The job that deploys, which a pipeline tells of as well.
        externalId: body.deployable_id ? `job/${body.deployable_id}` : `deployment/${body.deployment_id}`,
        repository: body.project.web_url,
        environmentAlias: body.environment,
        commit: body.commit_url.slice(body.commit_url.lastIndexOf('/') + 1),
        status,
        occurredAt,
        startedBy: `gitlab:${body.user.username}`,
      },
    ],
  };
};

/** Its jobs that deploy, once they have started: what never ran is no deployment. */
const ofPipeline = ({ project, object_attributes, builds }: Static<typeof PipelineHook>): Read => {
  const deploying = builds.filter(
    ({ environment, started_at }) => environment && (environment.action ?? 'start') === 'start' && started_at !== null,
  );
  const reports = deploying.flatMap(({ id, status: said, started_at, finished_at, user, environment }) => {
    const status = STATUSES[said];
    const occurredAt = instantOf((status === 'running' ? started_at : (finished_at ?? started_at)) ?? '');
    if (status === undefined || occurredAt === undefined) return [];
    const environmentAlias = environment?.name ?? '';
    const run = {
      externalId: `job/${id}`,
      repository: project.web_url,
      environmentAlias,
      commit: object_attributes.sha,
    };
    return [{ ...run, status, occurredAt, startedBy: `gitlab:${user.username}` }];
  });
  if (reports.length === deploying.length && reports.length > 0) return { reports };
  return deploying.length === 0 ? { unused: 'pipeline' } : { problem: 'unknown-state' };
};

/** GitLab writes `2021-04-28 21:50:00 +0200`, `2021-02-25 21:23:34 UTC` and ISO 8601. */
export const instantOf = (text: string): string | undefined => {
  const [, day, time, zone = ''] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) (UTC|[+-]\d{4})$/.exec(text) ?? [];
  return utcOf(day === undefined ? text : `${day}T${time}${zone === 'UTC' ? 'Z' : zone.replace(/(\d{2})$/, ':$1')}`);
};
