import { type Projection, projection } from '@slipway/consumers';
import type pg from 'pg';

export type Feed = 'kafka' | 'log';

export const FEEDS: readonly Feed[] = ['kafka', 'log'];

export const tableOf = (feed: Feed): string => `tallies_by_${feed}`;

/** `count` grows by one an effect, and `versions` holds them in the order in which they came: an effect twice is seen. */
export const createTallies = async (client: pg.ClientBase): Promise<void> => {
  for (const feed of FEEDS)
    await client.query(`
      CREATE TABLE planning.${tableOf(feed)} (
        stream text COLLATE "C" PRIMARY KEY, count int NOT NULL, versions int[] NOT NULL
      )`);
};

/** An event that its handler cannot bear. */
export type Poisoned = Readonly<{ poison?: true }>;

/** Counts by adding one. `bears` poison: what the handler is once it was mended. */
export const tally = (feed: Feed, bears: boolean): Projection =>
  projection({
    consumer: `planning.tallies-by-${feed}`,
    categories: ['release'],
    tables: [tableOf(feed)],
    independent: true,
    applyAll: async (events, client) => {
      const poisoned = events.find(({ data }) => (data as Poisoned).poison);
      if (poisoned && !bears) throw new Error(`poison at position ${poisoned.position}`);
      await client.query({
        name: 'tally',
        text: `
          INSERT INTO ${tableOf(feed)} AS tally (stream, count, versions)
          SELECT stream, count(*), array_agg(version ORDER BY nth)
          FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS each (stream, version, nth) GROUP BY stream
          ON CONFLICT (stream) DO UPDATE
          SET count = tally.count + excluded.count, versions = tally.versions || excluded.versions`,
        values: [events.map(({ stream }) => stream), events.map(({ version }) => version)],
      });
    },
  });
