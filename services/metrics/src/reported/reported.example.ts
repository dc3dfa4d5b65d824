import type { Delivery } from '@slipway/consumers';
import { migrationsOf } from '@slipway/service';
import { migratedDatabase } from '@slipway/testing';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Fact } from '../facts/facts.ts';
import { metrics } from '../module.ts';
import { reportedRecords } from './records.projection.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The schema `reporting`, as its owner, as the service that fills what it shows, and as a login that was granted its role. */
export type Reported = Readonly<{
  owner: pg.Pool;
  service: pg.Pool;
  bi: pg.Pool;
  rowsOf: (view: string, order: string) => Promise<readonly Row[]>;
  /** As the service's role writes them, in batches of so many. */
  kept: (facts: readonly Fact[], size: number) => Promise<void>;
  stop: () => Promise<void>;
}>;

export const startReported = async (): Promise<Reported> => {
  const login = `bi_${randomUUID().replaceAll('-', '')}`;
  const database = await migratedDatabase(...migrationsOf('metrics', metrics.migrations));
  const pool = (url: string): pg.Pool => new pg.Pool({ connectionString: url, max: 1 });
  const [owner, service] = [pool(database.url), pool(database.urlOf('metrics'))];
  await owner.query(`CREATE ROLE ${login} LOGIN PASSWORD 'slipway' IN ROLE slipway_reporting`);
  const url = new URL(database.urlOf('metrics'));
  url.username = login;
  const bi = pool(url.href);
  return {
    owner,
    service,
    bi,
    rowsOf: async (view, order) => (await bi.query<Row>(`SELECT * FROM reporting.${view} ORDER BY ${order}`)).rows,
    kept: (facts, size) => kept(service, facts, size),
    stop: async () => {
      await Promise.all([bi, service].map(each => each.end()));
      await owner.query(`DROP ROLE ${login}`);
      await owner.end();
      await database.drop();
    },
  };
};

const kept = async (service: pg.Pool, facts: readonly Fact[], size: number): Promise<void> => {
  await service.query('DELETE FROM metrics.records_v1');
  const client = await service.connect();
  try {
    await client.query("SET search_path = 'metrics'");
    if (!('applyAll' in reportedRecords)) throw new Error('it writes sets');
    const all = deliveries(facts);
    for (let from = 0; from < all.length; from += size)
      await reportedRecords.applyAll(all.slice(from, from + size), client);
  } finally {
    client.release();
  }
};

const deliveries = (facts: readonly Fact[]): readonly Delivery[] =>
  facts.map((fact, index) => ({ ...fact, position: index + 1 }) as unknown as Delivery);

export const date = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));

export const told = (stream: string, ...events: readonly (readonly [type: string, data: object])[]): readonly Fact[] =>
  events.map(([type, data], index) => {
    const occurredAt = `2026-03-02T1${index}:00:00.000Z`;
    return {
      stream,
      version: index + 1,
      type,
      data: { ...data, occurredAt, recordedAt: occurredAt },
    } as unknown as Fact;
  });
export const requested = {
  kind: 'planned',
  target: { serviceId: 's1', environmentId: 'e1', wave: 1 },
  production: true,
  digests: ['sha256:a'],
};
export const CATALOG = [
  ...told('service-s1', ['ServiceRegistered', { name: 'checkout', ownerTeam: 'shop' }]),
  ...told('environment-e1', ['EnvironmentRegistered', { name: 'production', tier: 'production', region: 'eu' }]),
];
