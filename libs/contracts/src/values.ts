import { type Static, type TEnum, Type } from 'typebox';
import type { Immutable } from './contract.ts';

export const oneOf = <Values extends string[]>(...values: [...Values]): TEnum<Values> => Type.Enum<Values>(values);

/** The id of a record, without its category. */
export const Id = Type.String({ minLength: 1, maxLength: 64 });
export const Pseudonym = Type.String({
  pattern: '^person-[0-9a-f-]{36}$',
  description: 'A person, who stands in the directory only.',
});
/** RFC 3339, UTC. */
export const Instant = Type.String({ pattern: 'Z$' });
/** A title or a name: published as it is, so it must not name people. */
export const Title = Type.String({ minLength: 1, maxLength: 200 });
/** Free text, which may name people: AES-256-GCM under a key of the stream; see libs/event-store `seals`. */
export const Sealed = Type.String({
  pattern: '^sealed:v1:',
  description: 'Free text, sealed: ask the API, where permissions hold.',
});
export const Digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' });
export const CommitSha = Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' });

export const ExternalRef = Type.Object({
  system: Type.String(),
  key: Type.String(),
  url: Type.Optional(Type.String()),
});
export const Window = Type.Object({ start: Instant, end: Instant });
/** A service in an environment. Waves are deployed in order, from 1. */
export const Target = Type.Object({ serviceId: Id, environmentId: Id, wave: Type.Integer({ minimum: 1 }) });
export const Commit = Type.Object({ sha: CommitSha, author: Pseudonym, committedAt: Instant });
export const Artifact = Type.Object({
  serviceId: Id,
  version: Type.String(),
  purl: Type.String({ description: 'Package URL.' }),
  digest: Digest,
  repository: Type.String({ description: 'owner/name, or a URL.' }),
  commits: Type.Array(Commit),
  builtBy: Type.Optional(Pseudonym),
});
export const ScopeItem = Type.Object({
  key: Type.String(),
  kind: oneOf('feature', 'fix', 'tech-debt', 'regulatory'),
  title: Title,
  externalRef: Type.Optional(ExternalRef),
  /** What it is worth to the business. */
  priority: Type.Optional(oneOf('critical', 'high', 'medium', 'low')),
  /** Where the service that it serves stands in its life. */
  lifecycleStage: Type.Optional(oneOf('introduction', 'growth', 'maturity', 'decline', 'retirement')),
});
export const ChangeModel = oneOf('standard', 'normal', 'emergency');
export const RiskLevel = oneOf('low', 'medium', 'high');
export const CloseCode = oneOf('successful', 'successful-with-issues', 'unsuccessful');
export const DeploymentKind = oneOf('planned', 'hotfix', 'rollback', 'redeploy', 'activation');
export const Severity = oneOf('critical', 'high', 'medium', 'low');
export const CauseKind = oneOf('deployment', 'change', 'external', 'not-change-related', 'unknown');
/** The plan itself is sealed; its digest is what an approval binds. */
export const RollbackPlan = Type.Object({
  steps: Sealed,
  digest: Digest,
  backoutMinutes: Type.Integer({ minimum: 1 }),
  triggers: Type.Array(Type.String()),
});

/** What `contentDigest` is made of: SHA-256 over its canonical JSON (RFC 8785), sets sorted. Domain, section 4. */
export const Content = Type.Object({
  scope: Type.Array(Type.Object({ key: Type.String(), kind: Type.String() })),
  artifacts: Type.Array(Type.Object({ serviceId: Id, version: Type.String(), digest: Digest })),
  configurationBaseline: Type.Optional(Type.String()),
  deploymentPlan: Type.Optional(Digest),
  rollbackPlan: Type.Optional(Digest),
  /** What is changed and is no service of the catalog: a firewall rule, a parameter, a table of data. */
  configurationItems: Type.Optional(Type.Array(Type.Object({ kind: Type.String(), name: Type.String() }))),
  targets: Type.Array(Target),
});
/** What an approval binds. Moving inside it is recorded, leaving it voids the approvals. */
export const Envelope = Type.Object({
  contentDigest: Digest,
  targets: Type.Array(Target),
  notBefore: Instant,
  notAfter: Instant,
  riskLevel: RiskLevel,
  model: ChangeModel,
});

export type ExternalRef = Immutable<Static<typeof ExternalRef>>;
export type Window = Immutable<Static<typeof Window>>;
export type Target = Immutable<Static<typeof Target>>;
export type Commit = Immutable<Static<typeof Commit>>;
export type Artifact = Immutable<Static<typeof Artifact>>;
export type ScopeItem = Immutable<Static<typeof ScopeItem>>;
export type ChangeModel = Static<typeof ChangeModel>;
export type RiskLevel = Static<typeof RiskLevel>;
export type DeploymentKind = Static<typeof DeploymentKind>;
export type RollbackPlan = Immutable<Static<typeof RollbackPlan>>;
export type Content = Immutable<Static<typeof Content>>;
export type Envelope = Immutable<Static<typeof Envelope>>;
