import { type Static, Type } from 'typebox';
import type { Immutable } from './contract.ts';
import {
  CauseKind,
  ChangeModel,
  CloseCode,
  CommitSha,
  DeploymentKind,
  Digest,
  Id,
  Instant,
  oneOf,
  RiskLevel,
  Severity,
  Title,
} from './values.ts';

/** `servicenow`, `github:octo/shop`: which tool, and which instance of it where there are several. */
export const SourceSystem = Type.String({ minLength: 1, maxLength: 100 });
export const SourceKey = Type.String({ minLength: 1, maxLength: 200 });

/** Where a record of history comes from. The stream's id is made of category, system and key: the same row is the same record. */
export const Origin = Type.Object({
  system: SourceSystem,
  key: SourceKey,
  url: Type.Optional(Type.String({ maxLength: 2000 })),
  /** One run of one import. */
  batch: Id,
});

/** Another record, as the source names it, and the id that it has here once it is imported. */
const Named = Type.Object({ system: SourceSystem, key: SourceKey, id: Id });

/** What the source says of a deployment that was. The last one on the stream counts, in whole. `occurredAt`: its end, else its start. */
export const importedDeployment = {
  origin: Origin,
  kind: DeploymentKind,
  serviceId: Id,
  environmentId: Id,
  /** Copied from the environment, as of the import. */
  production: Type.Boolean(),
  /** Where the source tells it apart from the environment. */
  region: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  version: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  digests: Type.Array(Digest),
  /** The commit that was deployed. */
  commit: Type.Optional(CommitSha),
  /** What it brought, where the source says so. */
  commits: Type.Array(Type.Object({ sha: CommitSha, committedAt: Instant })),
  pullRequests: Type.Optional(
    Type.Array(
      Type.Object({
        key: SourceKey,
        firstCommitAt: Type.Optional(Instant),
        mergedAt: Type.Optional(Instant),
      }),
    ),
  ),
  /** The change that it was made under. */
  change: Type.Optional(Named),
  requestedAt: Type.Optional(Instant),
  startedAt: Instant,
  /** Absent: unfinished, as of the export. Not always after the start: what the source says is kept. */
  finishedAt: Type.Optional(Instant),
  outcome: oneOf('succeeded', 'failed', 'rolled-back', 'canceled', 'unfinished'),
  /** Absent: the source does not say. */
  tookTraffic: Type.Optional(Type.Boolean()),
  /** Of a deployment that was rolled back. */
  rolledBackFor: Type.Optional(oneOf('fault', 'business')),
  rolledBackAt: Type.Optional(Instant),
  /** The deployment that this one, a rollback, undid. */
  undoes: Type.Optional(Named),
  /** What a hotfix mends. */
  remediates: Type.Optional(Type.Object({ record: oneOf('deployment', 'incident'), ...Named.properties })),
};

/** What the source says of an incident that was. The last one on the stream counts, in whole, but for what people judged here. `occurredAt`: its detection. */
export const importedIncident = {
  origin: Origin,
  title: Title,
  severity: Severity,
  major: Type.Boolean(),
  serviceIds: Type.Array(Id),
  environmentId: Type.Optional(Id),
  /** Absent: it began when it was detected, as far as the source says. */
  impactStartedAt: Type.Optional(Instant),
  detectedAt: Instant,
  acknowledgedAt: Type.Optional(Instant),
  /** Service restored. */
  mitigatedAt: Type.Optional(Instant),
  resolvedAt: Type.Optional(Instant),
  closedAt: Type.Optional(Instant),
  canceled: Type.Optional(oneOf('duplicate', 'false-alarm')),
  canceledAt: Type.Optional(Instant),
  /** What the source names as causes. No verdict: whatever a person says here stands above it. */
  namedCauses: Type.Array(
    Type.Object({
      kind: CauseKind,
      /** Of a deployment or a change. */
      record: Type.Optional(Named),
    }),
  ),
};

/** What the source says of a change that was. The last one on the stream counts, in whole. `occurredAt`: when it was requested. */
export const importedChange = {
  origin: Origin,
  title: Title,
  model: ChangeModel,
  /** It was implemented before it was approved. */
  breakGlass: Type.Boolean(),
  riskLevel: Type.Optional(RiskLevel),
  serviceIds: Type.Array(Id),
  environmentIds: Type.Array(Id),
  requestedAt: Type.Optional(Instant),
  /** When approval was first asked for. */
  approvalRequestedAt: Type.Optional(Instant),
  authorizedAt: Type.Optional(Instant),
  implementationStartedAt: Type.Optional(Instant),
  implementationEndedAt: Type.Optional(Instant),
  /** As of the export. */
  state: oneOf('open', 'closed', 'canceled'),
  closedAt: Type.Optional(Instant),
  /** Of a closed one, where the source says so. */
  closeCode: Type.Optional(CloseCode),
  /** The source says that nothing authorized it. */
  unauthorized: Type.Optional(Type.Boolean()),
};

export type Origin = Immutable<Static<typeof Origin>>;
export type NamedRecord = Immutable<Static<typeof Named>>;
