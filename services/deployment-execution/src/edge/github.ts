import { hmacMatches, utcOf } from '@slipway/edge';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import type { Read, RunReport } from './tool-message.ts';

// Of octokit/webhooks' schema, what is used here. `creator` is null when the account is gone.
const Deployment = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  sha: Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' }),
  environment: Type.String({ minLength: 1, maxLength: 255 }),
  created_at: Type.String(),
  creator: Type.Union([Type.Object({ login: Type.String({ minLength: 1, maxLength: 100 }) }), Type.Null()]),
});
const Repository = Type.Object({ html_url: Type.String({ minLength: 1, maxLength: 300 }) });
const Created = Type.Object({ deployment: Deployment, repository: Repository });
const StatusChanged = Type.Object({
  deployment: Deployment,
  repository: Repository,
  deployment_status: Type.Object({
    state: Type.String(),
    created_at: Type.String(),
  }),
});

const WorkflowRun = Type.Object({
  workflow_run: Type.Object({
    id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    run_attempt: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    head_sha: Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' }),
    path: Type.String({ minLength: 1, maxLength: 200 }),
    status: Type.String(),
    conclusion: Type.Union([Type.String(), Type.Null()]),
    created_at: Type.String(),
    updated_at: Type.String(),
    actor: Type.Union([Type.Object({ login: Type.String({ minLength: 1, maxLength: 100 }) }), Type.Null()]),
  }),
  repository: Type.Object({
    html_url: Type.String({ minLength: 1, maxLength: 300 }),
    full_name: Type.String({ minLength: 1, maxLength: 200 }),
  }),
});

const STATUSES: Readonly<Record<string, RunReport['status']>> = {
  pending: 'queued',
  queued: 'queued',
  waiting: 'waiting',
  in_progress: 'running',
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
  inactive: 'inactive',
};

/** `X-Hub-Signature-256`: `sha256=` and the HMAC of the raw bytes in hex. */
export const isFromGitHub = (bytes: Uint8Array, secret: string, signature: string | undefined): boolean => {
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? '') ?? [];
  return hex !== undefined && hmacMatches(bytes, secret, hex);
};

/** `kind` is the header `X-GitHub-Event`. */
export const readGitHub = (kind: string, body: unknown): Read => {
  if (kind === 'deployment')
    return Check(Created, body)
      ? reported(body, body.deployment.created_at, 'queued')
      : { problem: 'not-a-deployment' };
  if (kind === 'workflow_run') return Check(WorkflowRun, body) ? ofWorkflow(body) : { problem: 'not-a-workflow-run' };
  if (kind !== 'deployment_status') return { unused: kind };
  if (!Check(StatusChanged, body)) return { problem: 'not-a-deployment-status' };
  const { state, created_at } = body.deployment_status;
  const status = STATUSES[state];
  return status === undefined ? { problem: 'unknown-state' } : reported(body, created_at, status);
};

const reported = (
  { deployment, repository }: Static<typeof Created>,
  at: string,
  status: RunReport['status'],
): Read => {
  const [occurredAt, requestedAt] = [utcOf(at), utcOf(deployment.created_at)];
  if (occurredAt === undefined || requestedAt === undefined) return { problem: 'no-such-instant' };
  return {
    reports: [
      {
        externalId: String(deployment.id),
        repository: repository.html_url,
        // A status may move it to another one: what was asked for is what it is.
        environmentAlias: deployment.environment,
        commit: deployment.sha,
        status,
        occurredAt,
        requestedAt,
        startedBy: `github:${deployment.creator?.login ?? 'ghost'}`,
      },
    ],
  };
};

const CONCLUSIONS: Readonly<Record<string, RunReport['status']>> = {
  success: 'succeeded',
  failure: 'failed',
  timed_out: 'failed',
  startup_failure: 'failed',
  cancelled: 'canceled',
  neutral: 'canceled',
  stale: 'canceled',
  skipped: 'canceled',
  action_required: 'waiting',
};
const UNFINISHED: Readonly<Record<string, RunReport['status']>> = {
  requested: 'queued',
  queued: 'queued',
  pending: 'waiting',
  waiting: 'waiting',
  in_progress: 'running',
};

/** A workflow deploys where an environment has its file as an alias: `owner/name/.github/workflows/deploy.yml`. */
const ofWorkflow = ({ workflow_run: run, repository }: Static<typeof WorkflowRun>): Read => {
  const status = run.status === 'completed' ? CONCLUSIONS[run.conclusion ?? ''] : UNFINISHED[run.status];
  const [occurredAt, requestedAt] = [utcOf(run.updated_at), utcOf(run.created_at)];
  if (status === undefined) return { problem: 'unknown-state' };
  if (occurredAt === undefined || requestedAt === undefined) return { problem: 'no-such-instant' };
  return {
    unlessUnknown: 'workflow_run',
    reports: [
      {
        externalId: `workflow_run/${run.id}/${run.run_attempt}`,
        repository: repository.html_url,
        environmentAlias: `${repository.full_name}/${run.path}`,
        commit: run.head_sha,
        status,
        occurredAt,
        requestedAt,
        startedBy: `github:${run.actor?.login ?? 'ghost'}`,
      },
    ],
  };
};
