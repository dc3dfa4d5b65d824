import {
  connectKafka,
  consumerTransport,
  type ConsumerTransport,
  projecting,
  progressOf,
  type Source,
} from '@slipway/consumers';
import { PostgresEventStore, type Sequencer, startSequencer } from '@slipway/event-store';
import { createTopics, publishedEnds, type Relay, startRelay } from '@slipway/relay';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { countProjections } from '../invariants/projections.ts';
import { ask, type LoadCommand } from '../load/command.ts';
import { tally } from '../load/tally.ts';
import { Database } from '../system/servers.ts';
import { urlAs } from '../system/surroundings.ts';
import { prepareDatabase } from '../system/system.ts';

const PREFIX = 'backups';
const STREAMS = 20;
const ARRIVES_WITHIN_MS = 30_000;
const REFUSES_WITHIN_MS = 15_000;

type Leaders = Readonly<{ sequencer: Sequencer; relay: Relay }>;

/** A whole Slipway of its own, with nothing wrong in it, but for where its database comes from. */
export class Installation {
  readonly #database: Database;
  readonly #broker: string;
  #running: (Leaders & { transport: ConsumerTransport }) | undefined;
  #pool: pg.Pool | undefined;

  private constructor(database: Database, broker: string) {
    this.#database = database;
    this.#broker = broker;
  }

  static async made(broker: string): Promise<Installation> {
    const database = await Database.made();
    await prepareDatabase(database.url);
    await createTopics(connectKafka('backups', [broker]), { prefix: PREFIX, partitions: 2, replication: 1 });
    return new Installation(database, broker);
  }

  /** Its database only. */
  async start(): Promise<void> {
    await this.#database.start();
  }

  /** With all its parts. */
  serve(): void {
    const transport = consumerTransport(this.#source(), projecting(tally('kafka', true)));
    transport.listen(() => undefined);
    this.#running = { ...this.#lead(), transport };
  }

  /** Waits until it is visible. */
  async append(events: number): Promise<void> {
    const { store } = this.#source();
    const streams = Array.from({ length: STREAMS }, () => `release-${uuidv7()}`);
    for (const home of streams) await ask(store, commandOn(home, events / STREAMS));
    const head = await store.settledHead(ARRIVES_WITHIN_MS);
    const view = tally('kafka', true);
    const answer = await progressOf(this.#source()).waitUntil(view, head, ARRIVES_WITHIN_MS);
    if (answer !== 'passed') throw new Error(`position ${head} is ${answer}`);
  }

  /** Without waiting for anything. */
  async appendOne(): Promise<void> {
    await ask(this.#source().store, commandOn(`release-${uuidv7()}`, 1));
  }

  head(): Promise<number> {
    return this.#source().store.head();
  }

  /** What sequencer and relay said when they ended by themselves; undefined of one that went on. */
  async refusals(): Promise<readonly (string | undefined)[]> {
    const leaders = this.#lead();
    const said = await Promise.all([leaders.sequencer, leaders.relay].map(({ ended }) => refusalOf(ended)));
    await stopped(leaders);
    return said;
  }

  /** By consumer and place. */
  async watermarks(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.#source().pool.query<{ place: string; position: string }>(
      "SELECT concat_ws(' ', consumer, topic, partition, incarnation) AS place, position FROM watermarks",
    );
    return new Map(rows.map(({ place, position }) => [place, Number(position)]));
  }

  /** Missing, twice or out of order. */
  async wrongEffects(): Promise<number> {
    const client = new pg.Client({ connectionString: this.#database.url });
    await client.connect();
    const { missingFromKafkaProjection, effectsTwice, effectsOutOfOrder } = await countProjections(client);
    await client.end();
    return missingFromKafkaProjection + effectsTwice + effectsOutOfOrder;
  }

  /** Stops it, and answers one that stands on a copy. Its own database runs again. */
  async backUp(): Promise<Installation> {
    await this.stop();
    const copy = await this.#database.copied();
    await this.#database.start();
    return new Installation(copy, this.#broker);
  }

  async stop(): Promise<void> {
    await this.#running?.transport.close();
    if (this.#running) await stopped(this.#running);
    this.#running = undefined;
    await this.#pool?.end();
    this.#pool = undefined;
    await this.#database.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.#database.remove();
  }

  #lead(): Leaders {
    const kafka = connectKafka('backups', [this.#broker]);
    const { url } = this.#database;
    return {
      sequencer: startSequencer({ url: urlAs(url, 'sequencer'), published: () => publishedEnds(kafka, PREFIX) }),
      relay: startRelay({ url: urlAs(url, 'relay'), kafka, prefix: PREFIX }),
    };
  }

  #source(): Source {
    const kafka = connectKafka('backups', [this.#broker]);
    const pool = (this.#pool ??= servicePool(this.#database.url));
    return { kind: 'kafka', kafka, prefix: PREFIX, pool, store: new PostgresEventStore(pool) };
  }
}

const servicePool = (url: string): pg.Pool =>
  new pg.Pool({ connectionString: urlAs(url, 'planning'), options: '-c search_path=planning', max: 4 });

const commandOn = (home: string, events: number): LoadCommand => ({ id: uuidv7(), home, events });

const stopped = async ({ sequencer, relay }: Leaders): Promise<void> => {
  await Promise.all([sequencer.stop(), relay.stop()]);
};

const refusalOf = (ended: Promise<void>): Promise<string | undefined> =>
  Promise.race([
    ended.then(
      () => undefined,
      (error: Error) => error.message,
    ),
    pause(REFUSES_WITHIN_MS, undefined, { ref: false }),
  ]);
