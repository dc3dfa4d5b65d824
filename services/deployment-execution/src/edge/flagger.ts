import { sameSecret } from '@slipway/edge';
import { Type } from 'typebox';
import { Check } from 'typebox/value';
import { NO_COMMIT, type Read, type RunReport } from './tool-message.ts';

export const HOOKS = [
  'confirm-rollout',
  'pre-rollout',
  'rollout',
  'confirm-traffic-increase',
  'confirm-promotion',
  'post-rollout',
  'rollback',
  'event',
] as const;
export type Hook = (typeof HOOKS)[number];

const Name = Type.String({ minLength: 1, maxLength: 253 });
const Payload = Type.Object({
  name: Name,
  namespace: Name,
  phase: Type.String({ maxLength: 100 }),
  checksum: Type.String({ minLength: 1, maxLength: 100 }),
  metadata: Type.Record(Type.String(), Type.String({ maxLength: 10_000 })),
});

/** What Flagger asks about, or tells: one revision of a canary. What it does not know stands in the metadata of its hook. */
export type Canary = Readonly<{
  name: string;
  namespace: string;
  phase: string;
  /** Of the revision: another one is another deployment. */
  checksum: string;
  token: string;
  service: string;
  environment: string;
  digests: readonly string[];
  version?: string;
  release?: string;
  change?: string;
  deployer: string;
  occurredAt?: string;
}>;

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

/** Undefined: it is none of Flagger's. */
export const canaryIn = (body: unknown): Canary | undefined => {
  if (!Check(Payload, body)) return undefined;
  const { metadata, ...payload } = body;
  const digests = (metadata['digests'] ?? '').split(',').map(each => each.trim());
  return {
    ...payload,
    token: metadata['token'] ?? '',
    service: named(metadata['service']) ?? payload.name,
    environment: named(metadata['environment']) ?? payload.namespace,
    digests: digests.filter(digest => DIGEST.test(digest)).slice(0, 50),
    ...only('version', metadata['version']?.slice(0, 100)),
    ...only('release', named(metadata['release'])),
    ...only('change', named(metadata['change'])),
    deployer: named(metadata['deployer']) ?? 'flagger',
    ...only('occurredAt', instantOf(metadata['timestamp'])),
  };
};

const named = (text: string | undefined): string | undefined =>
  text !== undefined && ID.test(text) ? text : undefined;
const only = (name: string, value: string | undefined): object => (value ? { [name]: value } : {});

/** Milliseconds since 1970, as text. */
const instantOf = (timestamp: string | undefined): string | undefined =>
  /^\d{1,14}$/.test(timestamp ?? '') ? new Date(Number(timestamp)).toISOString() : undefined;

/** Flagger sends no header of our choice: its token stands in the metadata of the hook. */
export const isFromFlagger = (secret: string, { token }: Canary): boolean => token !== '' && sameSecret(secret, token);

const PHASES: Readonly<Record<string, RunReport['status']>> = {
  Initializing: 'queued',
  Waiting: 'waiting',
  Progressing: 'running',
  WaitingPromotion: 'running',
  Promoting: 'running',
  Finalising: 'running',
  Succeeded: 'succeeded',
  Failed: 'failed',
  Terminating: 'canceled',
};

/** Of a canary that went without asking: what we saw of it. */
export const reportOf = (canary: Canary, now: string): Read => {
  const status = PHASES[canary.phase];
  if (status === undefined) return { unused: canary.phase || 'no-phase' };
  return {
    reports: [
      {
        externalId: `${canary.namespace}/${canary.name}/${canary.checksum}`,
        repository: canary.service,
        environmentAlias: canary.environment,
        commit: NO_COMMIT,
        ...(canary.digests.length > 0 && { digests: canary.digests }),
        status,
        occurredAt: canary.occurredAt ?? now,
        startedBy: `flagger:${canary.deployer}`,
      },
    ],
  };
};
