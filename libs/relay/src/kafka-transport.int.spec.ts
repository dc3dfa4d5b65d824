import { connectKafka, consumersMigrations } from '@slipway/consumers';
import {
  deliveryContract,
  lifeContract,
  parkingContract,
  processesContract,
  progressContract,
  rebuildContract,
  type Stage,
  tables,
} from '@slipway/consumers/contract';
import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { migratedDatabase } from '@slipway/testing';
import type { Consumer } from 'kafkajs';
import pg from 'pg';
import { relayMigrations } from './migrations.ts';
import { startRelay } from './relay.ts';
import { administered, createTopics } from './topics.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await kafkaStage();
}, 60_000);
afterAll(() => stage.stop());

describe('the Kafka transport, behind the relay', () => {
  deliveryContract(() => stage);
  parkingContract(() => stage);
  processesContract(() => stage);
  progressContract(() => stage);
  rebuildContract(() => stage);
  lifeContract(() => stage);
});

const kafkaStage = async (): Promise<Stage> => {
  const prefix = `test-${crypto.randomUUID()}`;
  const kafka = connectKafka('test', (process.env['KAFKA_BROKERS'] ?? '').split(','));
  await createTopics(kafka, { prefix, partitions: 3, replication: 1 });
  const database = await migratedDatabase(
    { directory: consumersMigrations, ledger: 'planning/consumers', searchPath: 'planning' },
    { directory: relayMigrations, ledger: 'relay', searchPath: 'relay' },
  );
  const admin = new pg.Pool({ connectionString: database.url, max: 1 });
  admin.on('error', () => undefined); // dropping the database cuts what has not quite ended
  for (const table of tables) await admin.query(table);
  const pool = new pg.Pool({ connectionString: database.urlOf('planning'), options: '-c search_path=planning' });
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const relay = startRelay({ url: database.urlOf('relay'), kafka, prefix });
  const store = new PostgresEventStore(pool);
  return {
    pool,
    store,
    source: settings => ({ kind: 'kafka', store, pool, kafka, prefix, settings }),
    redeliver: async consumer => {
      await administered(kafka, admin => admin.deleteGroups([`${prefix}.${consumer}`]));
    },
    cutConnections: async () => {
      await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'slipway_planning' AND datname = current_database()",
      );
    },
    deafen: transport => transport.unwrap<Consumer>().pause([{ topic: `${prefix}.releases` }]),
    stop: async () => {
      await Promise.all([relay.stop(), sequencer.stop()]);
      await Promise.all([pool.end(), admin.end()]);
      await database.drop();
    },
  };
};
