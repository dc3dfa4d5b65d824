import { localIssuer } from '@slipway/edge';
import { type BoundProcess, freePort, startBound } from '@slipway/embedded';
import { startSequencer } from '@slipway/event-store';
import { migrationsOf } from '@slipway/service';
import { migratedDatabase } from '@slipway/testing';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { broken, eventually, rolledOut, tellers, terms, verdictsIn } from './thresholds.example.ts';

const SERVICES = Array.from({ length: 12 }, (_, nth) => `service-${nth}`);
const ROUNDS = 6;

/** The service as a process of its own, on a database of this file's. */
const startStage = async () => {
  const database = await migratedDatabase(...migrationsOf('metrics', new URL('../../migrations/', import.meta.url)));
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const issuer = await localIssuer('https://issuer.test', 'slipway');
  const keys = createServer((_, response) => void response.end(JSON.stringify(issuer.jwks))).listen(0, '127.0.0.1');
  await once(keys, 'listening');
  const port = await freePort();
  const grpcPort = await freePort();
  const { tell, storeOf, stop } = tellers(database.urlOf);
  const pool = new pg.Pool({ connectionString: database.urlOf('metrics'), max: 1 });
  const token = await issuer.sign('rita@example.org', ['release-manager']);
  const store = storeOf('metrics');
  return {
    tell,
    start: (): Promise<BoundProcess> =>
      startBound({
        command: process.execPath,
        args: ['--no-warnings', fileURLToPath(new URL('../../dist/main.js', import.meta.url))],
        ready: 'serving on',
        stopSignal: 'TERM',
        env: {
          DATABASE_URL: database.urlOf('metrics'),
          KAFKA_BROKERS: '',
          OIDC_ISSUER: issuer.issuer,
          OIDC_JWKS_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}`,
          PORT: String(port),
          GRPC_PORT: String(grpcPort),
        },
      }),
    watch: async (service: string): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${port}/v1/metric-thresholds`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...terms, service }),
      });
      if (response.status !== 201) throw new Error(await response.text());
      return ((await response.json()) as { id: string }).id;
    },
    verdicts: async (id: string): Promise<readonly string[]> =>
      verdictsIn((await store.read(`metricThreshold-${id}`)).events).map(({ type }) => type),
    /** What a minute would do. */
    endLeases: () => pool.query('UPDATE metrics.threshold_evaluations_v1 SET leased_until = clock_timestamp()'),
    stop: async () => {
      await pool.end();
      await stop();
      keys.close();
      await sequencer.stop();
      await database.drop();
    },
  };
};

describe('killed while it judges, again and again', () => {
  let stage: Awaited<ReturnType<typeof startStage>>;
  let watched: readonly string[] = [];
  const killedAt: number[] = [];

  const told = async (): Promise<readonly (readonly string[])[]> => Promise.all(watched.map(id => stage.verdicts(id)));

  /** Every figure crosses its limit, or all of them recover. */
  const turn = async (round: number): Promise<void> => {
    const incident = (service: string): string => `of-${service}-${Math.ceil(round / 2)}`;
    for (const service of SERVICES)
      if (round % 2 === 1) await broken(stage.tell, incident(service), `run-${service}`);
      else await stage.tell('incident', incident(service), withdrawn(`run-${service}`));
  };
  const withdrawn = (deploymentId: string) => ({ type: 'CauseWithdrawn', data: { kind: 'deployment', deploymentId } });

  beforeAll(async () => {
    stage = await startStage();
    for (const service of SERVICES) {
      await stage.tell('service', service, { type: 'ServiceRegistered', data: { name: service } });
      await rolledOut(stage.tell, `run-${service}`, service);
    }
    let metrics = await stage.start();
    watched = await Promise.all(SERVICES.map(service => stage.watch(service)));
    for (let round = 1; round <= ROUNDS; round += 1) {
      const turning = turn(round);
      const some = await eventually(async () => {
        const count = (await told()).filter(({ length }) => length === round).length;
        return count > 0 ? count : undefined;
      });
      await metrics.kill();
      killedAt.push(some);
      await turning;
      metrics = await stage.start();
      await stage.endLeases();
      await eventually(async () => ((await told()).every(({ length }) => length >= round) ? true : undefined));
    }
    await metrics.stop();
  }, 120_000);
  afterAll(() => stage.stop());

  test('every crossing and every recovery was told, each once and in their order', async () => {
    const expected = Array.from({ length: ROUNDS }, (_, nth) =>
      nth % 2 === 0 ? 'ThresholdCrossed' : 'ThresholdRecovered',
    );
    expect(await told()).toEqual(SERVICES.map(() => expected));
  });

  test('it was killed while some were told and others were not', () =>
    expect(killedAt.filter(some => some < SERVICES.length).length).toBeGreaterThan(0));
});
