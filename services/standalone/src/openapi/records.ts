import type { Teller } from '../story/teller.ts';

/** One of each kind of record that the story does not have. */
export const addRecords = async (teller: Teller): Promise<void> => {
  const ada = await teller.as('ada@boutique.example', 'administrator');
  const rita = await teller.as('rita@boutique.example', 'release-manager');
  const ivy = await teller.as('ivy@boutique.example', 'incident-responder');
  await ada.does('a team', '/v1/teams', { name: 'web', title: 'Web shop' });
  await ada.does('an application', '/v1/applications', { name: 'shop', title: 'The shop', ownerTeam: 'web' });
  const words = { subject: 'Checkout', text: 'It is slow.', title: 'Slow checkout', audience: 'customers' };
  await ada.does('a template', '/v1/templates', words);
  await rita.does('a message', '/v1/communications', {
    ...words,
    kind: 'announcement',
    aboutKind: 'release',
    about: 'REL-1',
    people: ['rita@boutique.example'],
  });
  await rita.does('a subscription', '/v1/subscriptions', { title: 'Releases', webhook: WEBHOOK });
  await rita.does('a train', '/v1/release-trains', { title: 'Weekly', cadence: CADENCE });
  await rita.does('a draft', '/v1/releases', { title: 'Next', class: 'minor' });
  await rita.does('a threshold', '/v1/metric-thresholds', THRESHOLD);
  await ivy.does('a problem', '/v1/problems', { title: 'Checkout is slow' });
  const { id: incident } = await ivy.does('an incident', '/v1/incidents', INCIDENT);
  await ivy.does('a review', '/v1/reviews', { title: 'What we learned', incident });
};

// Nobody has a name under `example` (RFC 2606).
const WEBHOOK = { url: 'https://hooks.shop.example/slipway' };
const CADENCE = {
  start: '2026-03-03T20:00',
  timeZone: 'Europe/Berlin',
  rrule: 'FREQ=WEEKLY;BYDAY=TU',
  durationMinutes: 60,
};
const THRESHOLD = {
  title: 'Failed changes',
  measure: 'change-fail-rate',
  service: 'checkoutservice',
  condition: 'above',
  limit: 0.15,
  window: { lastDays: 30 },
};
const INCIDENT = { title: 'Checkout is slow', severity: 'low', services: ['checkoutservice'] };
