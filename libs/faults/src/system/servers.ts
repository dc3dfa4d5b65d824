import { type Kafka, type Postgres, startKafka, startPostgres } from '@slipway/embedded';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sameOwner } from './owner.ts';

/** Everything is on the disk when it says so; and it can tell when each transaction was committed. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', track_commit_timestamp: 'on' };
const SETTINGS = { ...DURABLE, max_connections: 200, shared_buffers: '256MB', max_wal_size: '2GB' };

/** A durable PostgreSQL that can be stopped at once, and started again on what it had. */
export class Database {
  /** Known once it was started. */
  url = '';
  #running: Postgres | undefined;
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async made(): Promise<Database> {
    const database = new Database(await mkdtemp(join(tmpdir(), 'faults-postgres-')));
    await database.start();
    return database;
  }

  async start(): Promise<void> {
    const port = this.url === '' ? undefined : Number(new URL(this.url).port);
    this.#running = await startPostgres({ directory: this.#directory, settings: SETTINGS, ...(port && { port }) });
    this.url = this.#running.url;
  }

  /** SIGQUIT: no checkpoint, no goodbye; it recovers from its write-ahead log. */
  async stopAtOnce(): Promise<void> {
    this.#running?.process.signal('SIGQUIT');
    await this.#running?.process.ended;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** A cold copy: it must be stopped. */
  async copied(): Promise<Database> {
    const copy = new Database(await mkdtemp(join(tmpdir(), 'faults-backup-')));
    await cp(this.#directory, copy.#directory, { recursive: true, preserveTimestamps: true });
    await sameOwner(this.#directory, copy.#directory);
    return copy;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** One broker that can be killed and frozen, and started again on what it had. */
export class Broker {
  address = '';
  #running: Kafka | undefined;
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async made(): Promise<Broker> {
    const broker = new Broker(await mkdtemp(join(tmpdir(), 'faults-kafka-')));
    await broker.start();
    return broker;
  }

  async start(): Promise<void> {
    this.#running = await startKafka(this.#directory, { kept: true });
    this.address = this.#running.broker;
  }

  async kill(): Promise<void> {
    await this.#running?.process.kill();
  }

  freeze(): void {
    this.#running?.process.signal('SIGSTOP');
  }

  thaw(): void {
    this.#running?.process.signal('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.#running?.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
