import { Type } from 'typebox';
import { Dropped } from './audit.ts';
import { category, type EventOf } from './contract.ts';
import { recordFacts } from './record.ts';
import { ExternalRef, Id, Instant, oneOf, Pseudonym, Sealed, Title } from './values.ts';

const statedOfService = {
  /** Unique; the id is derived from it. */
  name: Type.String(),
  title: Title,
  ownerTeam: Type.String(),
  criticality: oneOf('low', 'medium', 'high', 'critical'),
  repositories: Type.Array(Type.String()),
  /** An alert is about this service when it carries all labels of one entry. */
  alertLabels: Type.Array(Type.Record(Type.String(), Type.String())),
  /** Its names in other tools. */
  aliases: Type.Array(Type.String()),
  dependencies: Type.Array(Type.Object({ serviceId: Id, kind: oneOf('service', 'database', 'third-party') })),
  /** Supports a critical or important function: Regulation (EU) 2022/2554, article 3(22). */
  criticalOrImportantFunction: Type.Optional(Type.Boolean()),
  /** In scope of the Sarbanes-Oxley Act, section 404. */
  inSoxScope: Type.Optional(Type.Boolean()),
  /** Who runs it for us. */
  thirdPartyProvider: Type.Optional(Type.String()),
};

const statedOfEnvironment = {
  name: Type.String(),
  title: Title,
  tier: oneOf('production', 'disaster-recovery', 'staging', 'test', 'development'),
  region: Type.String(),
  /** IANA. */
  timeZone: Type.String(),
  aliases: Type.Array(Type.String()),
  openness: oneOf('always-open', 'only-in-windows'),
  ownerTeam: Type.Optional(Type.String()),
  certified: Type.Optional(Type.Boolean()),
  /** Of the data that lives there: `personal`, `synthetic` … */
  dataClass: Type.Optional(Type.String()),
  topology: Type.Optional(Type.String()),
  /** Name to version. */
  middleware: Type.Optional(Type.Record(Type.String(), Type.String())),
};

const statedOfApplication = {
  /** Unique; the id is derived from it. */
  name: Type.String(),
  title: Title,
  ownerTeam: Type.String(),
  serviceIds: Type.Array(Id),
};

const statedOfTeam = {
  /** Unique; the id is derived from it. What is owned names the team by it. */
  name: Type.String(),
  title: Title,
  members: Type.Array(Type.Object({ person: Pseudonym, part: oneOf('lead', 'deputy', 'member') })),
  /** The rotation that knows who is on call. */
  onCall: Type.Optional(ExternalRef),
};

/** Not in use any more, and still there: registered again, it goes on. */
const retired = { reason: Sealed };

const statedOfPerson = {
  kind: oneOf('person', 'service-account'),
  /** Other pseudonyms of the same person: an alias seen before it was registered. */
  alsoKnownAs: Type.Array(Pseudonym),
};

/** The public half of a key pair, and nothing else (RFC 7517, RFC 8037): Ed25519, P-256, or RSA. */
const PublicKey = Type.Object(
  {
    kty: oneOf('OKP', 'EC', 'RSA'),
    crv: Type.Optional(oneOf('Ed25519', 'P-256')),
    x: Type.Optional(Type.String()),
    y: Type.Optional(Type.String()),
    n: Type.Optional(Type.String()),
    e: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

/** The SHA-256 thumbprint of a public key, as RFC 7638. */
const KeyId = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

/** Whether an environment of this tier serves users. One for disaster recovery serves nobody yet. */
export const isProduction = (tier: string): boolean => tier === 'production';

export const Role = oneOf(
  'viewer',
  'release-manager',
  'change-approver',
  'deployer',
  'incident-responder',
  'auditor',
  'administrator',
  'integration',
);

/**
 * Absent lists mean: all of them. Services are those that are named, owned by one of the teams or part of one of the
 * applications, whoever that is when it is asked.
 */
export const Scope = Type.Object({
  services: Type.Optional(Type.Array(Id)),
  applications: Type.Optional(Type.Array(Id)),
  /** By name. */
  teams: Type.Optional(Type.Array(Type.String())),
  environments: Type.Optional(Type.Array(Id)),
  /** Of the role's permissions, these only. */
  actions: Type.Optional(Type.Array(Type.String())),
});

export const service = category({
  name: 'service',
  context: 'catalog',
  plural: 'services',
  facts: {
    ServiceRegistered: statedOfService,
    ServiceUpdated: statedOfService,
    ServiceRetired: retired,
    ...recordFacts('Service'),
  },
});

export const environment = category({
  name: 'environment',
  context: 'catalog',
  plural: 'environments',
  facts: {
    EnvironmentRegistered: statedOfEnvironment,
    EnvironmentUpdated: statedOfEnvironment,
    EnvironmentRetired: retired,
    ...recordFacts('Environment'),
  },
});

export const application = category({
  name: 'application',
  context: 'catalog',
  plural: 'applications',
  prefix: 'APP',
  facts: {
    ApplicationRegistered: statedOfApplication,
    ApplicationUpdated: statedOfApplication,
    ApplicationRetired: retired,
    ...recordFacts('Application'),
  },
});

export const team = category({
  name: 'team',
  context: 'catalog',
  plural: 'teams',
  prefix: 'TEAM',
  facts: {
    TeamRegistered: statedOfTeam,
    TeamUpdated: statedOfTeam,
    TeamRetired: retired,
    ...recordFacts('Team'),
  },
});

/** The stream is the pseudonym itself; name, e-mail and accounts stand in the directory. */
export const person = category({
  name: 'person',
  context: 'catalog',
  plural: 'people',
  facts: {
    PersonRegistered: statedOfPerson,
    PersonUpdated: statedOfPerson,
    /** Of a service account: what it signs its tokens with. */
    ServiceAccountKeyAdded: {
      kid: KeyId,
      publicKey: PublicKey,
      label: Title,
      from: Instant,
      /** The first instant at which it is no longer good. */
      to: Instant,
      /** The key with which the account itself added this one. */
      addedWith: Type.Optional(KeyId),
    },
    ServiceAccountKeyRevoked: { kid: KeyId, reason: Sealed },
  },
});

/** Somebody about whom nothing is known any more but what the log says of his pseudonym. The id is the person's. */
export const subject = category({
  name: 'subject',
  context: 'catalog',
  plural: 'subjects',
  facts: {
    SubjectErased: {
      person: Pseudonym,
      /** So far. */
      dropped: Type.Array(Dropped),
      /** Until then auditors can have it looked up who this is; absent: nobody can any more. */
      linkUntil: Type.Optional(Instant),
    },
  },
});

export const roleGrant = category({
  name: 'roleGrant',
  context: 'catalog',
  plural: 'role-grants',
  facts: {
    RoleGranted: { person: Pseudonym, role: Role, scope: Scope, from: Instant, to: Type.Optional(Instant) },
    RoleRevoked: { reason: Type.Optional(Sealed) },
  },
});

/** What somebody was given, one of the two: a role, or a key that a service account signs its tokens with. */
const accessRight = { person: Pseudonym, roleGrantId: Type.Optional(Id), kid: Type.Optional(KeyId) };

/** The review of access rights of ISO/IEC 27001, A.5.18: whether everybody still needs what he has, one right after the other. */
export const accessReview = category({
  name: 'accessReview',
  context: 'catalog',
  plural: 'access-reviews',
  prefix: 'ARV',
  facts: {
    AccessReviewOpened: {
      title: Title,
      owner: Pseudonym,
      description: Type.Optional(Sealed),
      /** The rights are those that were held then. */
      at: Instant,
      /** The day by which all should be decided. */
      dueOn: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
      rights: Type.Array(Type.Object(accessRight)),
    },
    AccessRightConfirmed: { ...accessRight, reason: Type.Optional(Sealed) },
    AccessRightRevoked: { ...accessRight, reason: Sealed },
    /** All were decided. */
    AccessReviewCompleted: {
      confirmed: Type.Integer({ minimum: 0 }),
      revoked: Type.Integer({ minimum: 0 }),
    },
    AccessReviewCanceled: { reason: Sealed },
    ...recordFacts('AccessReview'),
  },
});

export type ServiceEvent = EventOf<typeof service>;
export type EnvironmentEvent = EventOf<typeof environment>;
export type ApplicationEvent = EventOf<typeof application>;
export type TeamEvent = EventOf<typeof team>;
export type PersonEvent = EventOf<typeof person>;
export type SubjectEvent = EventOf<typeof subject>;
export type RoleGrantEvent = EventOf<typeof roleGrant>;
export type AccessReviewEvent = EventOf<typeof accessReview>;
export type CatalogEvent =
  ServiceEvent | EnvironmentEvent | ApplicationEvent | TeamEvent | PersonEvent | RoleGrantEvent;

/** What says how a service is, in whole each time. */
export type ServiceStated = Extract<ServiceEvent, Readonly<{ type: 'ServiceRegistered' | 'ServiceUpdated' }>>;
export type PersonStated = Extract<PersonEvent, Readonly<{ type: 'PersonRegistered' | 'PersonUpdated' }>>;
export type EnvironmentStated = Extract<
  EnvironmentEvent,
  Readonly<{ type: 'EnvironmentRegistered' | 'EnvironmentUpdated' }>
>;
