import { type Static, Type } from 'typebox';
import { category, type EventOf, type Immutable } from './contract.ts';
import { recordFacts } from './record.ts';
import { Digest, Id, Instant, oneOf, Pseudonym, Sealed, Title } from './values.ts';

export const Severity = oneOf('critical', 'high', 'medium', 'low');

/** Which events a subscriber is told of. What is absent does not narrow. */
const SubscriptionFilter = Type.Object({
  /** CloudEvents types, whole or up to a star: `dev.slipway.release-scheduled.v1`, `dev.slipway.release-*`. */
  types: Type.Optional(Type.Array(Type.String())),
  /** Of records about one of these, as far as they have said so. */
  serviceIds: Type.Optional(Type.Array(Id)),
  environmentIds: Type.Optional(Type.Array(Id)),
  severities: Type.Optional(Type.Array(Severity)),
  /** CEL over `event`, the CloudEvent in its JSON form. */
  expression: Type.Optional(Type.String()),
});

const WebhookChannel = Type.Object({
  kind: oneOf('webhook'),
  /** May carry a secret of the receiver. */
  url: Sealed,
});

/** IANA. */
const TimeZone = Type.String();
/** `22:00`. */
const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });

/** When people want mail; absent: at once. */
const MailTiming = Type.Object({
  /** Several events in one mail: every full hour, or once a day at an hour. */
  digest: Type.Optional(
    Type.Object({
      every: oneOf('hour', 'day'),
      hour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23 })),
      timeZone: TimeZone,
    }),
  ),
  /** Nothing from one to the other, over midnight too. */
  quietHours: Type.Optional(Type.Object({ from: TimeOfDay, to: TimeOfDay, timeZone: TimeZone })),
});

const EmailChannel = Type.Object({
  kind: oneOf('email'),
  people: Type.Array(Pseudonym),
  /** Absent: the plain one that Slipway has. */
  templateId: Type.Optional(Id),
  timing: Type.Optional(MailTiming),
});

/** Where a subscriber is told. The secret that signs is in no event. */
const SubscriptionChannel = Type.Union([WebhookChannel, EmailChannel]);

/** Of whoever has limits: it is told of what these grants reach, and of nothing once they end. */
const grantsOf = { grantsOf: Type.Optional(Pseudonym) };
const reason = { reason: Type.Optional(Sealed) };

export const subscription = category({
  name: 'subscription',
  context: 'notification',
  plural: 'subscriptions',
  prefix: 'SUB',
  facts: {
    SubscriptionCreated: {
      title: Title,
      owner: Pseudonym,
      description: Type.Optional(Sealed),
      filter: SubscriptionFilter,
      channel: SubscriptionChannel,
      /** Of a webhook: which secret signs, not what it is. */
      secretId: Type.Optional(Id),
      ...grantsOf,
    },
    SubscriptionFilterChanged: { filter: SubscriptionFilter, ...grantsOf },
    SubscriptionChannelChanged: { channel: SubscriptionChannel, ...grantsOf },
    /** What matches from now on waits until it is resumed. */
    SubscriptionPaused: reason,
    SubscriptionResumed: {},
    /** By Slipway: what matches from now on is passed over. */
    SubscriptionDisabled: {
      cause: oneOf('gone', 'failing'),
      /** Since when nothing got through. */
      failingSince: Type.Optional(Instant),
    },
    SubscriptionEnabled: {},
    /** The new secret and those before it sign until then; after that it signs alone. */
    SubscriptionSecretRotated: { secretId: Id, overlapUntil: Instant },
    /** An event of its own, told to this subscriber whatever the filter. */
    SubscriptionTested: {},
    /** One delivery is tried once more, under its id. */
    RedeliveryRequested: { deliveryId: Id },
    /** Everything that the filter matches after one position and up to another goes out again, under the same ids. */
    ReplayRequested: { afterPosition: Type.Integer({ minimum: 0 }), throughPosition: Type.Integer({ minimum: 0 }) },
    SubscriptionCanceled: reason,
    ...recordFacts('Subscription'),
  },
});

/** What a mail says, for one audience. `{{event.data.title}}` stands for a fact of the event; nothing is computed. */
const words = {
  /** From 1. */
  revision: Type.Integer({ minimum: 1 }),
  subject: Title,
  text: Type.String(),
};

export const template = category({
  name: 'template',
  context: 'notification',
  plural: 'templates',
  prefix: 'TPL',
  facts: {
    TemplateCreated: {
      title: Title,
      owner: Pseudonym,
      /** Whom it is written for: executives, support, users. */
      audience: Title,
      description: Type.Optional(Sealed),
      ...words,
    },
    TemplateRevised: words,
    /** Subscriptions that name it get the plain one from now on. */
    TemplateRetired: reason,
    ...recordFacts('Template'),
  },
});

/** What is told, and to whom it would be. */
const message = {
  subject: Title,
  people: Type.Array(Pseudonym),
  text: Sealed,
  /** SHA-256 of subject and text as they are read. */
  contentDigest: Digest,
  /** When what it is about happens now. */
  revisedTime: Type.Optional(Instant),
  /** Until when the next word is promised. */
  nextUpdateBy: Type.Optional(Instant),
};

export const communication = category({
  name: 'communication',
  context: 'notification',
  plural: 'communications',
  prefix: 'COM',
  facts: {
    CommunicationDrafted: {
      title: Title,
      owner: Pseudonym,
      description: Type.Optional(Sealed),
      kind: oneOf('announcement', 'delay', 'rollback', 'outage', 'restoration'),
      audience: Title,
      /** The stream that it is about. */
      about: Type.String(),
      ...message,
    },
    CommunicationRevised: message,
    /** To these people and no others, in these words and no others. */
    CommunicationSent: { people: Type.Array(Pseudonym), contentDigest: Digest },
    /** What became of the mail to one of them. */
    CommunicationReceiptRecorded: {
      person: Pseudonym,
      outcome: oneOf('delivered', 'failed'),
      error: Type.Optional(Type.String()),
    },
    /** One of them has read it. */
    CommunicationAcknowledged: { person: Pseudonym },
    /** Before it was sent. */
    CommunicationCanceled: reason,
    ...recordFacts('Communication'),
  },
});

export type SubscriptionEvent = EventOf<typeof subscription>;
export type TemplateEvent = EventOf<typeof template>;
export type CommunicationEvent = EventOf<typeof communication>;
export type NotificationEvent = SubscriptionEvent | TemplateEvent | CommunicationEvent;
export type MailTiming = Immutable<Static<typeof MailTiming>>;
export type SubscriptionFilter = Immutable<Static<typeof SubscriptionFilter>>;
export type SubscriptionChannel = Immutable<Static<typeof SubscriptionChannel>>;
