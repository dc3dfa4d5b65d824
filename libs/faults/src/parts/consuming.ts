import { consumerTransport, projecting, type Source, type Subscription } from '@slipway/consumers';
import { PostgresEventStore } from '@slipway/event-store';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Feed, tally } from '../load/tally.ts';
import { surroundings, urlAs } from '../system/surroundings.ts';
import { complain, untilTold } from './told.ts';

type Common = Pick<Source, 'store' | 'pool' | 'onError'>;

/** A consumer as a service has it, until it is told to end. */
export const consume = async (feed: Feed, sourceOf: (common: Common, url: string) => Source): Promise<void> => {
  const { name, databaseUrl, directory } = surroundings();
  const url = urlAs(databaseUrl, 'planning');
  const pool = new pg.Pool({ connectionString: url, options: '-c search_path=planning', max: 4 });
  const store = new PostgresEventStore(pool);
  const source = sourceOf({ store, pool, onError: complain }, url);
  const seen = watched(projecting(tally(feed, feed === 'log')), join(directory, `${name}.seen`));
  const transport = consumerTransport(source, seen);
  transport.listen(() => undefined);
  await untilTold();
  await transport.close();
  await pool.end();
  process.exit(); // what listens for hints and for Kafka has nothing left to say
};

/** Writes down which positions became visible, and when: `<ms since 1970> <position> <position> …`. */
const watched = (subscription: Subscription, file: string): Subscription => {
  const lines = createWriteStream(file, { flags: 'a' });
  return {
    ...subscription,
    applied: batch => {
      if (batch.length > 0) lines.write(`${Date.now()} ${batch.map(({ position }) => position).join(' ')}\n`);
    },
  };
};
