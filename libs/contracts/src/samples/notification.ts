import type { SamplesOf } from '../contract.ts';
import type { communication, subscription, template } from '../notification.ts';
import { contentDigest, ids, people, sealed } from './example.ts';
import { recordSamples } from './record.ts';

const filter = {
  types: ['dev.slipway.deployment-*', 'dev.slipway.incident-detected.v1'],
  serviceIds: [ids.checkout],
  environmentIds: [ids.production],
  severities: ['critical', 'high'],
  expression: "event.data.kind != 'redeploy'",
} as const;
const secretId = '0198c1a0-3000-8000-8000-000000000002';
const channel = { kind: 'webhook', url: sealed } as const;

export const subscriptionSamples: SamplesOf<typeof subscription> = {
  SubscriptionCreated: { title: 'Shop chat', owner: people.owner, description: sealed, filter, channel, secretId },
  SubscriptionFilterChanged: { filter: { types: ['dev.slipway.release-*'] }, grantsOf: people.approver },
  SubscriptionChannelChanged: {
    channel: {
      kind: 'email',
      people: [people.owner, people.approver],
      templateId: ids.template,
      timing: {
        digest: { every: 'day', hour: 8, timeZone: 'Europe/Berlin' },
        quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' },
      },
    },
  },
  SubscriptionPaused: { reason: sealed },
  SubscriptionResumed: {},
  SubscriptionDisabled: { cause: 'failing', failingSince: '2026-02-26T09:00:00Z' },
  SubscriptionEnabled: {},
  SubscriptionSecretRotated: { secretId, overlapUntil: '2026-03-03T09:00:00Z' },
  SubscriptionTested: {},
  RedeliveryRequested: { deliveryId: '0198c1a0-3000-8000-8000-000000000001' },
  ReplayRequested: { afterPosition: 1200, throughPosition: 1300 },
  SubscriptionCanceled: { reason: sealed },
  ...recordSamples('Subscription'),
};

const words = { subject: '{{title}}: {{event.type}}', text: 'Since {{event.data.occurredAt}}, in {{event.subject}}.' };

export const templateSamples: SamplesOf<typeof template> = {
  TemplateCreated: {
    title: 'Releases for support',
    owner: people.owner,
    audience: 'support',
    description: sealed,
    revision: 1,
    ...words,
  },
  TemplateRevised: { revision: 2, ...words },
  TemplateRetired: { reason: sealed },
  ...recordSamples('Template'),
};

const message = {
  subject: 'Checkout 2.4 comes a day later',
  people: [people.owner, people.approver],
  text: sealed,
  contentDigest,
  revisedTime: '2026-03-03T20:00:00Z',
  nextUpdateBy: '2026-03-03T08:00:00Z',
};

export const communicationSamples: SamplesOf<typeof communication> = {
  CommunicationDrafted: {
    title: 'Delay of checkout 2.4',
    owner: people.owner,
    description: sealed,
    kind: 'delay',
    audience: 'support',
    about: `release-${ids.release}`,
    ...message,
  },
  CommunicationRevised: { ...message, subject: 'Checkout 2.4 comes two days later' },
  CommunicationSent: { people: [people.owner, people.approver], contentDigest },
  CommunicationReceiptRecorded: { person: people.approver, outcome: 'failed', error: 'no-address' },
  CommunicationAcknowledged: { person: people.owner },
  CommunicationCanceled: { reason: sealed },
  ...recordSamples('Communication'),
};
