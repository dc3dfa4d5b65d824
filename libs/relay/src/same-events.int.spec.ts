import { connectKafka, consumersMigrations, following } from '@slipway/consumers';
import { streamOf, until } from '@slipway/consumers/contract';
import { type CloudEvent, cloudEventOf } from '@slipway/contracts';
import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { stampOf } from '@slipway/event-sourcing';
import { migratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { relayMigrations } from './migrations.ts';
import { startRelay } from './relay.ts';
import { readTopic, type TopicRecord } from './topic.reader.ts';
import { createTopics } from './topics.ts';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** A record of Kafka in the JSON format: attributes lose their `ce_`, and what only Kafka needs is left out. */
const asCloudEvent = ({ headers, data }: TopicRecord): CloudEvent => {
  const { incarnation: _, previous: __, envelope: ___, type: ____, 'content-type': datacontenttype, ...rest } = headers;
  const attributes = Object.entries(rest).map(([name, text]) => [name.replace(/^ce_/, ''), text]);
  return { ...Object.fromEntries(attributes), datacontenttype, data: JSON.parse(data) } as CloudEvent;
};

test('whoever reads Kafka and whoever reads the feed read the same events', async () => {
  const prefix = `same-${crypto.randomUUID()}`;
  const kafka = connectKafka('test', (process.env['KAFKA_BROKERS'] ?? '').split(','));
  await createTopics(kafka, { prefix, partitions: 2, replication: 1 });
  const database = await migratedDatabase(
    { directory: consumersMigrations, ledger: 'planning/consumers', searchPath: 'planning' },
    { directory: relayMigrations, ledger: 'relay', searchPath: 'relay' },
  );
  const pool = new pg.Pool({ connectionString: database.urlOf('planning') });
  const store = new PostgresEventStore(pool);
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const relay = startRelay({ url: database.urlOf('relay'), kafka, prefix });

  const envelopes = [
    { correlationId: uuidv7() },
    { correlationId: uuidv7(), causationId: uuidv7() },
    { correlationId: uuidv7(), causationId: uuidv7(), traceparent: TRACE },
  ];
  for (const envelope of envelopes) {
    const data = { reason: 'sealed:v1:ü \u2028', ...stampOf('person-1') };
    const event = { id: uuidv7(), type: 'ReleaseHeld', data, envelope };
    await store.append([{ stream: streamOf(), expect: 'no-stream', events: [event] }]);
  }
  const head = await store.settledHead(10_000);
  await until(() => relay.stats().position >= head);

  const { events } = await following(store, 0, 100, {});
  const records = await readTopic(kafka, `${prefix}.releases`, envelopes.length);
  const published = records.map(asCloudEvent).sort((a, b) => Number(a.position) - Number(b.position));
  expect(published).toHaveLength(envelopes.length);
  expect(published).toEqual(events.map(cloudEventOf));
  expect(published[0]?.dataschema).toBe('urn:slipway:schema:dev.slipway.release-held.v1');

  await Promise.all([relay.stop(), sequencer.stop()]);
  await pool.end();
  await database.drop();
});
