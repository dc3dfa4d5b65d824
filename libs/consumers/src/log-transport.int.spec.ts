import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { migratedDatabase } from '@slipway/testing';
import pg from 'pg';
import {
  deliveryContract,
  lifeContract,
  parkingContract,
  processesContract,
  progressContract,
  rebuildContract,
  type Stage,
  tables,
} from './contract/index.ts';
import { logHints } from './log-hints.ts';
import { consumersMigrations } from './migrations.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await logStage();
});
afterAll(() => stage.stop());

describe('the log transport', () => {
  deliveryContract(() => stage);
  parkingContract(() => stage);
  processesContract(() => stage);
  progressContract(() => stage);
  rebuildContract(() => stage);
  lifeContract(() => stage);
});

let isHanging = false;

/** One read of it can hang for ever, as one over a dead connection does. */
class HangingStore extends PostgresEventStore {
  override readLog(...range: Parameters<PostgresEventStore['readLog']>): ReturnType<PostgresEventStore['readLog']> {
    if (!isHanging) return super.readLog(...range);
    isHanging = false;
    return new Promise(() => undefined);
  }
}

const logStage = async (): Promise<Stage> => {
  const database = await migratedDatabase({
    directory: consumersMigrations,
    ledger: 'planning/consumers',
    searchPath: 'planning',
  });
  const admin = new pg.Pool({ connectionString: database.url, max: 1 });
  admin.on('error', () => undefined); // dropping the database cuts what has not quite ended
  for (const table of tables) await admin.query(table);
  const pool = new pg.Pool({ connectionString: database.urlOf('planning'), options: '-c search_path=planning' });
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const hints = logHints(database.urlOf('planning'));
  const store = new HangingStore(pool);
  return {
    pool,
    store,
    source: settings => ({ kind: 'log', store, pool, hints, settings }),
    redeliver: () => Promise.resolve(), // nothing but the watermark says where it is
    cutConnections: async () => {
      await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'slipway_planning' AND datname = current_database()",
      );
    },
    deafen: () => {
      isHanging = true;
    },
    stop: async () => {
      await sequencer.stop();
      await hints.stop();
      await Promise.all([pool.end(), admin.end()]);
      await database.drop();
    },
  };
};
