import { connectKafka } from '@slipway/consumers';
import { localIssuer } from '@slipway/edge';
import { freePort } from '@slipway/embedded';
import { startSequencer } from '@slipway/event-store';
import type { Message } from '@slipway/event-sourcing';
import { createTopics, relayMigrations, startRelay } from '@slipway/relay';
import { readTopic } from '@slipway/relay/topic-reader';
import { createHost, migrationsOf } from '@slipway/service';
import { migratedDatabase } from '@slipway/testing';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { metrics } from '../module.ts';
import { broken, eventually, openShop, rolledOut, tellers, terms } from './thresholds.example.ts';

// As it is run: facts come through Kafka, and so does what subscribers hear.

const brokers = process.env['KAFKA_BROKERS']?.split(',');
const withKafka = brokers ? describe : describe.skip;
const prefix = `test-${uuidv7()}`;
const TOPIC = `${prefix}.metric-thresholds`;

const stage = async (addresses: string[]) => {
  const kafka = connectKafka('test', addresses);
  await createTopics(kafka, { prefix, partitions: 2, replication: 1 });
  const database = await migratedDatabase(...migrationsOf('metrics', metrics.migrations), {
    directory: relayMigrations,
    ledger: 'relay',
    searchPath: 'relay',
  });
  const { urlOf } = database;
  const sequencer = startSequencer({ url: urlOf('sequencer') });
  const relay = startRelay({ url: urlOf('relay'), kafka, prefix });
  const issuer = await localIssuer('https://issuer.test', 'slipway');
  const host = await createHost({
    services: [metrics],
    urlOf,
    transport: { kind: 'kafka', brokers: addresses, prefix },
    issuer,
    httpPort: 0,
    grpcPort: await freePort(),
    poolSize: 6,
  });
  await host.app.startAllMicroservices();
  await host.app.listen(0);
  const writers = tellers(urlOf);
  const stop = async (): Promise<void> => {
    await host.close();
    await writers.stop();
    await relay.stop();
    await sequencer.stop();
    await database.drop();
  };
  const { port } = host.app.getHttpServer().address() as AddressInfo;
  const token = await issuer.sign('rita@example.org', ['release-manager']);
  return { kafka, url: `http://127.0.0.1:${port}`, token, tell: writers.tell, stop };
};

type OnTopic = Awaited<ReturnType<typeof readTopic>>[number];

withKafka('as it is run', () => {
  test('that a figure crossed its limit is an event on Kafka', async () => {
    const { kafka, url, token, tell, stop } = await stage(brokers ?? []);
    await openShop(tell);
    await rolledOut(tell, 'run-1');
    await rolledOut(tell, 'run-2');
    const answer = await fetch(`${url}/v1/metric-thresholds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ ...terms, service: 'checkout' }),
    });
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    await broken(tell, 'incident-1', 'run-1');
    const crossed = await eventually(async (): Promise<OnTopic | undefined> => {
      // Set, and crossed.
      const records = await readTopic(kafka, TOPIC, 2).catch(() => []);
      return records.find(({ headers }) => headers['ce_type'] === 'dev.slipway.threshold-crossed.v1');
    });
    expect(crossed.headers).toMatchObject({ ce_source: '/slipway/metrics', ce_subject: `metricThreshold-${id}` });
    expect(JSON.parse(crossed.data) as Message['data']).toMatchObject({
      measure: 'change-fail-rate',
      limit: 0.3,
      figure: { value: 0.5, numerator: 1, denominator: 2 },
    });
    await stop();
  }, 60_000);
});
