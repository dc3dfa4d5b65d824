import type { environment, person, roleGrant, service } from '../catalog.ts';
import type { SamplesOf } from '../contract.ts';
import { ids, people, sealed } from './example.ts';

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
};

export const environmentSamples: SamplesOf<typeof environment> = {
  EnvironmentRegistered: production,
  EnvironmentUpdated: { ...production, openness: 'always-open' },
};

export const personSamples: SamplesOf<typeof person> = {
  PersonRegistered: { kind: 'person', alsoKnownAs: [] },
  PersonUpdated: { kind: 'person', alsoKnownAs: [people.authorElsewhere] },
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
