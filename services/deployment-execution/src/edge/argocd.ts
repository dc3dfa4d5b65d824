import { sameSecret, utcOf } from '@slipway/edge';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import { NO_COMMIT, type Read, type RunReport } from './tool-message.ts';

// Of an Application (argoproj.io/v1alpha1), what is used here: the body of the operator's template is `{{ toJson .app }}`.
const Name = Type.String({ minLength: 1, maxLength: 253 });
const Application = Type.Object({
  metadata: Type.Object({
    name: Name,
    namespace: Type.Optional(Name),
    annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
  }),
  spec: Type.Object({ destination: Type.Object({ namespace: Type.Optional(Type.String({ maxLength: 253 })) }) }),
  status: Type.Object({
    operationState: Type.Optional(
      Type.Object({
        phase: Type.String(),
        startedAt: Type.String(),
        finishedAt: Type.Optional(Type.String()),
        operation: Type.Optional(
          Type.Object({
            initiatedBy: Type.Optional(Type.Object({ username: Type.Optional(Type.String({ maxLength: 200 })) })),
          }),
        ),
        syncResult: Type.Optional(Type.Object({ revision: Type.Optional(Type.String()) })),
      }),
    ),
    health: Type.Optional(
      Type.Object({ status: Type.Optional(Type.String()), lastTransitionTime: Type.Optional(Type.String()) }),
    ),
    summary: Type.Optional(
      Type.Object({ images: Type.Optional(Type.Array(Type.String({ maxLength: 1_000 }), { maxItems: 200 })) }),
    ),
  }),
});
type Application = Static<typeof Application>;
type Operation = NonNullable<Application['status']['operationState']>;

/** `Authorization: Bearer` and the token. */
export const isFromArgoCd = (secret: string, authorization: string | undefined): boolean => {
  const [, token] = /^Bearer (.{1,500})$/i.exec(authorization ?? '') ?? [];
  return token !== undefined && sameSecret(secret, token);
};

/** One sync of an application is one run. */
export const readArgoCd = (body: unknown): Read => {
  if (!Check(Application, body)) return { problem: 'not-an-application' };
  const { metadata, spec, status } = body;
  const operation = status.operationState;
  if (!operation) return { unused: 'no-operation' };
  const moved = movedTo(operation, status.health);
  const startedAt = utcOf(operation.startedAt);
  const environmentAlias = metadata.annotations?.['slipway.dev/environment'] ?? spec.destination.namespace;
  if (moved === undefined) return { problem: 'unknown-state' };
  if (moved.occurredAt === undefined || startedAt === undefined) return { problem: 'no-such-instant' };
  if (!environmentAlias || environmentAlias.length > 255) return { problem: 'no-environment' };
  const digests = digestsIn(status.summary?.images ?? []);
  return {
    reports: [
      {
        externalId: `${metadata.namespace ?? 'argocd'}/${metadata.name}/${startedAt}`,
        repository: metadata.annotations?.['slipway.dev/service']?.slice(0, 300) || metadata.name,
        environmentAlias,
        commit: commitOf(operation),
        ...(digests.length > 0 && { digests }),
        status: moved.status,
        occurredAt: moved.occurredAt,
        requestedAt: startedAt,
        startedBy: `argocd:${operation.operation?.initiatedBy?.username || 'automated'}`,
      },
    ],
  };
};

type Moved = Readonly<{ status: RunReport['status']; occurredAt: string | undefined }>;

/** As the triggers of Argo CD's catalog mean it: deployed is synced and healthy; until then it is under way. */
const movedTo = (
  { phase, startedAt, finishedAt = startedAt }: Operation,
  health: Application['status']['health'],
): Moved | undefined => {
  if (phase === 'Running' || phase === 'Terminating') return { status: 'running', occurredAt: utcOf(startedAt) };
  if (phase === 'Error' || phase === 'Failed') return { status: 'failed', occurredAt: utcOf(finishedAt) };
  if (phase !== 'Succeeded') return undefined;
  if (health?.status === 'Healthy') return { status: 'succeeded', occurredAt: utcOf(finishedAt) };
  if (health?.status === 'Degraded')
    return { status: 'failed', occurredAt: utcOf(health.lastTransitionTime ?? finishedAt) };
  return { status: 'running', occurredAt: utcOf(startedAt) };
};

const commitOf = ({ syncResult }: Operation): string =>
  /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(syncResult?.revision ?? '') ? (syncResult?.revision ?? NO_COMMIT) : NO_COMMIT;

/** Of images that are pinned: `registry/name:tag@sha256:…`. */
const digestsIn = (images: readonly string[]): readonly string[] => {
  const digests = images.flatMap(image => /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1] ?? []);
  return [...new Set(digests)].toSorted().slice(0, 50);
};
