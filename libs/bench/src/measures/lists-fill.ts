import type { StreamAppend } from '@slipway/event-store';
import { stampOf } from '@slipway/event-sourcing';
import { v7 as uuidv7 } from 'uuid';

export const EVENTS_A_RELEASE = 10;
export const SERVICES = 500;
const ENVIRONMENTS = 8;
const WORDS = ['checkout', 'payment', 'invoice', 'search', 'basket', 'login', 'report', 'export', 'address', 'stock'];
const LABELS = ['hotfix', 'payments', 'quarter:3', 'web', 'mobile', 'backend', 'regulatory', 'pilot'];
/** One in so many releases has something that hardly another has. */
export const RARE = 1_000;

const owner = 'person-0198c1a0-1000-7000-8000-000000000001';
const digest = `sha256:${'a'.repeat(64)}`;
const FROM = Date.UTC(2025, 0, 1);
const A_MINUTE = 60_000;

export const serviceNamed = (nth: number): string => `service-${nth % SERVICES}`;
export const environmentNamed = (nth: number): string => `environment-${nth % ENVIRONMENTS}`;
export const wordNamed = (nth: number): string => WORDS[nth % WORDS.length] ?? '';
export const labelNamed = (nth: number): string => LABELS[nth % LABELS.length] ?? '';
export const instantOf = (nth: number): string => new Date(FROM + nth * A_MINUTE).toISOString();

/** The release of that number, as a team would leave it: planned, with scope, an artifact and a window. */
export const releaseAppend = (nth: number): StreamAppend => {
  const stamp = stampOf(owner, instantOf(nth));
  const isRare = nth % RARE === 0;
  const facts: readonly (readonly [string, object])[] = [
    ['ReleaseDrafted', { title: titleOf(nth, isRare), class: 'minor', owner, changeModel: 'normal' }],
    [
      'ReleaseDetailsChanged',
      { labels: [labelNamed(nth), ...(isRare ? [`rare:${nth}`] : [])], externalRefs: [reference(nth)] },
    ],
    ...[1, 2, 3].map(item => scopeItem(nth, item)),
    ['ArtifactAttached', { artifact: artifactOf(nth) }],
    ['ReleaseScheduled', scheduleOf(nth)],
    ['ReleaseRescheduled', scheduleOf(nth)],
    ['ReleaseHeld', { reason: 'sealed:v1:x' }],
    ...(isRare ? [] : [['ReleaseResumed', {}] as const]),
  ];
  return {
    stream: `release-${uuidv7()}`,
    expect: 'no-stream',
    events: facts.map(([type, data]) => ({
      type,
      id: uuidv7(),
      data: { ...data, ...stamp },
      envelope: { correlationId: uuidv7() },
    })),
  };
};

const titleOf = (nth: number, isRare: boolean): string =>
  `${wordNamed(nth)} ${wordNamed(nth + 3)} ${nth}${isRare ? ` unusual${nth}` : ''}`;

const reference = (nth: number) => ({ system: 'jira', key: `SHOP-${nth}` });

const scopeItem = (nth: number, item: number): readonly [string, object] => [
  'ScopeItemAdded',
  { item: { key: `ITEM-${nth}-${item}`, kind: 'feature', title: 'Pay by invoice' } },
];

const artifactOf = (nth: number): object => ({
  serviceId: serviceNamed(nth),
  version: `2.${nth}.0`,
  purl: `pkg:oci/checkout@${digest}`,
  digest,
  repository: 'example/checkout',
  commits: [],
});

const scheduleOf = (nth: number): object => ({
  window: { start: instantOf(nth), end: instantOf(nth + 120) },
  targets: [{ serviceId: serviceNamed(nth), environmentId: environmentNamed(nth), wave: 1 }],
});

/** Services and environments that the releases are of, under ids that are their names. */
export const catalogAppends = (): readonly StreamAppend[] => [
  ...Array.from({ length: SERVICES }, (_, nth) => registered('service', serviceNamed(nth), SERVICE)),
  ...Array.from({ length: ENVIRONMENTS }, (_, nth) => registered('environment', environmentNamed(nth), ENVIRONMENT)),
];

const SERVICE = {
  ownerTeam: 'web',
  criticality: 'high',
  repositories: [],
  alertLabels: [],
  aliases: [],
  dependencies: [],
};
const ENVIRONMENT = { tier: 'staging', region: 'eu', timeZone: 'UTC', aliases: [], openness: 'always-open' };

const registered = (category: 'service' | 'environment', name: string, facts: object): StreamAppend => ({
  stream: `${category}-${name}`,
  expect: 'no-stream',
  events: [
    {
      type: category === 'service' ? 'ServiceRegistered' : 'EnvironmentRegistered',
      id: uuidv7(),
      data: { name, title: name, ...facts, ...stampOf(owner, instantOf(0)) },
      envelope: { correlationId: uuidv7() },
    },
  ],
});
