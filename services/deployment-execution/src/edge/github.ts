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
    environment: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
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
      ? reported(body, body.deployment.created_at, body.deployment.environment, 'queued')
      : { problem: 'not-a-deployment' };
  if (kind !== 'deployment_status') return { unused: kind };
  if (!Check(StatusChanged, body)) return { problem: 'not-a-deployment-status' };
  const { state, created_at, environment } = body.deployment_status;
  const status = STATUSES[state];
  return status === undefined
    ? { problem: 'unknown-state' }
    : reported(body, created_at, environment ?? body.deployment.environment, status);
};

const reported = (
  { deployment, repository }: Static<typeof Created>,
  at: string,
  environmentAlias: string,
  status: RunReport['status'],
): Read => {
  const occurredAt = utcOf(at);
  if (occurredAt === undefined) return { problem: 'no-such-instant' };
  return {
    report: {
      externalId: String(deployment.id),
      repository: repository.html_url,
      environmentAlias,
      commit: deployment.sha,
      status,
      occurredAt,
      startedBy: `github:${deployment.creator?.login ?? 'ghost'}`,
    },
  };
};
