import type { accessReview, application, environment, person, roleGrant, service, subject, team } from '../catalog.ts';
import type { SamplesOf } from '../contract.ts';
import { ids, people, sealed } from './example.ts';
import { recordSamples } from './record.ts';

const checkout = {
  name: 'checkout',
  title: 'Checkout',
  ownerTeam: 'shop',
  criticality: 'critical',
  repositories: ['example/checkout', 'https://git.example/shop/checkout'],
  alertLabels: [{ app: 'checkout', team: 'shop' }],
  aliases: ['checkout-web'],
  dependencies: [{ serviceId: ids.payments, kind: 'service' }],
} as const;

const production = {
  name: 'production',
  title: 'Production, Frankfurt',
  tier: 'production',
  region: 'eu-central-1',
  timeZone: 'Europe/Berlin',
  aliases: ['prod', 'live'],
  openness: 'only-in-windows',
} as const;

export const serviceSamples: SamplesOf<typeof service> = {
  ServiceRegistered: checkout,
  ServiceUpdated: { ...checkout, criticality: 'high', aliases: [] },
  ServiceRetired: { reason: sealed },
  ...recordSamples('Service'),
};

export const environmentSamples: SamplesOf<typeof environment> = {
  EnvironmentRegistered: production,
  EnvironmentUpdated: { ...production, openness: 'always-open' },
  EnvironmentRetired: { reason: sealed },
  ...recordSamples('Environment'),
};

const shop = {
  name: 'shop',
  title: 'The web shop',
  ownerTeam: 'shop',
  serviceIds: [ids.checkout, ids.payments],
} as const;

export const applicationSamples: SamplesOf<typeof application> = {
  ApplicationRegistered: shop,
  ApplicationUpdated: { ...shop, serviceIds: [ids.checkout] },
  ApplicationRetired: { reason: sealed },
  ...recordSamples('Application'),
};

const payments = {
  name: 'payments',
  title: 'Payments',
  members: [
    { person: people.owner, part: 'lead' },
    { person: people.author, part: 'member' },
  ],
  onCall: { system: 'pagerduty', key: 'PI7DH85', url: 'https://example.pagerduty.com/schedules/PI7DH85' },
} as const;

export const teamSamples: SamplesOf<typeof team> = {
  TeamRegistered: payments,
  TeamUpdated: { name: 'payments', title: 'Payments', members: [] },
  TeamRetired: { reason: sealed },
  ...recordSamples('Team'),
};

export const personSamples: SamplesOf<typeof person> = {
  PersonRegistered: { kind: 'person', alsoKnownAs: [] },
  PersonUpdated: { kind: 'person', alsoKnownAs: [people.authorElsewhere] },
  ServiceAccountKeyAdded: {
    kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    publicKey: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
    label: 'runner 4',
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-04-01T00:00:00.000Z',
    addedWith: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  },
  ServiceAccountKeyRevoked: { kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', reason: sealed },
};

export const subjectSamples: SamplesOf<typeof subject> = {
  SubjectErased: {
    person: people.author,
    dropped: ['aliases', 'entry', 'keys'],
    linkUntil: '2033-03-02T09:00:01.250Z',
  },
};

export const roleGrantSamples: SamplesOf<typeof roleGrant> = {
  RoleGranted: {
    person: people.approver,
    role: 'change-approver',
    scope: { services: [ids.checkout], environments: [ids.production] },
    from: '2026-01-01T00:00:00Z',
    to: '2027-01-01T00:00:00Z',
  },
  RoleRevoked: { reason: sealed },
};

const grant = { person: people.approver, roleGrantId: ids.roleGrant } as const;
const key = { person: people.author, kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k' } as const;

export const accessReviewSamples: SamplesOf<typeof accessReview> = {
  AccessReviewOpened: {
    title: 'First quarter of 2026',
    owner: people.owner,
    description: sealed,
    at: '2026-03-31T00:00:00.000Z',
    dueOn: '2026-04-15',
    rights: [grant, key],
  },
  AccessRightConfirmed: { ...grant, reason: sealed },
  AccessRightRevoked: { ...key, reason: sealed },
  AccessReviewCompleted: { confirmed: 1, revoked: 1 },
  AccessReviewCanceled: { reason: sealed },
  ...recordSamples('AccessReview'),
};
