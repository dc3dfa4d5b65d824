import { digestOf } from '@slipway/canonical';
import { PostgresEventStore } from '@slipway/event-store';
import { type Message, stampOf } from '@slipway/event-sourcing';
import type { Client, TestService } from '@slipway/service/testing';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';

// A shop of two services in one environment, what is deployed there, and what breaks.

export const CHECKOUT = '1f7d6f0e-3c52-8a41-9d0b-6f2f6c1f0a11';
export const CART = '2c9e1b74-58a0-8f13-b6d2-90c41e7d3b22';
export const PRODUCTION = '3ab4c5d6-7e8f-8091-a2b3-c4d5e6f70833';
const DEPLOYER = 'person-0198c1a0-1000-7000-8000-000000000004';

export type Tell = Pick<TestService, 'append'>['append'];

const service = (name: string, ownerTeam = 'shop') => ({ type: 'ServiceRegistered', data: { name, ownerTeam } });

/** Checkout and cart of the team shop, and production. */
export const openShop = async (tell: Tell): Promise<void> => {
  await tell('service', CHECKOUT, service('checkout'));
  await tell('service', CART, service('cart'));
  await tell('application', 'store', { type: 'ApplicationRegistered', data: { name: 'store', serviceIds: [CART] } });
  await tell('environment', PRODUCTION, {
    type: 'EnvironmentRegistered',
    data: { name: 'production', tier: 'production', region: 'eu-central-1' },
  });
};

export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** A rollout that took traffic and ended so many minutes ago. */
export const rolledOut = async (tell: Tell, id: string, serviceId = CHECKOUT, ago = 10): Promise<void> => {
  const target = { serviceId, environmentId: PRODUCTION, wave: 1 };
  const said = { kind: 'planned', target, production: true, digests: [digestOf(id)], changeId: `change-of-${id}` };
  const occurredAt = minutesAgo(ago);
  await tell(
    'deployment',
    id,
    { type: 'DeploymentRequested', data: { ...said, deployer: DEPLOYER, occurredAt } },
    { type: 'DeploymentStarted', data: { occurredAt } },
    { type: 'TrafficTaken', data: { occurredAt } },
    { type: 'DeploymentSucceeded', data: { occurredAt } },
  );
};

/** An incident that this rollout is a cause of. */
export const broken = async (tell: Tell, id: string, deploymentId: string, serviceIds = [CART]): Promise<void> => {
  const at = minutesAgo(5);
  await tell(
    'incident',
    id,
    { type: 'IncidentDetected', data: { serviceIds, impactStartedAt: at, occurredAt: at } },
    { type: 'CauseConfirmed', data: { kind: 'deployment', deploymentId, primary: true, occurredAt: at } },
  );
};

export const terms = {
  title: 'Failed changes',
  measure: 'change-fail-rate',
  condition: 'above',
  limit: 0.3,
  window: { lastDays: 30 },
} as const;

export type Shown = Readonly<{ id: string; number: string; state: string; version: number }>;

export const setThreshold = async (by: Client, more: object = { service: 'checkout' }): Promise<Shown> =>
  (await by.post('/v1/metric-thresholds', { ...terms, ...more }).expect(201)).body as Shown;

/** The first value that is there. */
export const eventually = async <Value>(look: () => Promise<Value | undefined>): Promise<Value> => {
  const until = performance.now() + 20_000;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (performance.now() > until) throw new Error('it did not come about within 20 s');
    await pause(20);
  }
};

const VERDICTS = ['ThresholdCrossed', 'ThresholdRecovered'];
type Told = Readonly<{ type: string; data: Readonly<{ figure: Readonly<{ value: number }> }> }>;

export const verdictsIn = (events: readonly Message[]): readonly Told[] =>
  events.filter(({ type }) => VERDICTS.includes(type)) as readonly Message[] as readonly Told[];

const OWNERS: Readonly<Record<string, string>> = {
  deployment: 'deployment-execution',
  incident: 'incident-correlation',
};

/** Facts of other services, where none of them runs. */
export const tellers = (urlOf: (service: string) => string) => {
  const stores = new Map<string, { pool: pg.Pool; store: PostgresEventStore }>();
  const storeOf = (owner: string): PostgresEventStore => {
    const pool = stores.get(owner)?.pool ?? new pg.Pool({ connectionString: urlOf(owner), max: 1 });
    const known = stores.get(owner) ?? { pool, store: new PostgresEventStore(pool) };
    stores.set(owner, known);
    return known.store;
  };
  const tell: Tell = async (category, id, ...facts) => {
    const stamp = stampOf('person-00000000-0000-7000-8000-000000000001', new Date().toISOString());
    const events = facts.map(({ type, data }) => ({
      type,
      data: { ...stamp, ...data },
      id: uuidv7(),
      envelope: { correlationId: uuidv7() },
    }));
    const store = storeOf(OWNERS[category] ?? 'catalog');
    const stream = `${category}-${id}`;
    const { version } = await store.read(stream);
    await store.append([{ stream, expect: version || 'no-stream', events }]);
    return version + events.length;
  };
  const stop = async (): Promise<void> => {
    for (const { pool } of stores.values()) await pool.end();
  };
  return { tell, storeOf, stop };
};
