import { gauge, metricNames } from '@slipway/telemetry';
import type pg from 'pg';
import { closed, leaderConnection } from './leader-connection.ts';
import { compareWithPublished, type PublishedEnd, SequencerRefused, wasCompared } from './published-end.ts';
import { Wake } from './wake.ts';

export type SequencerOptions = Readonly<{
  /** As role `slipway_sequencer`, straight to the server. */
  url: string;
  /** What left the database: asked before it leads. Without it, an older backup that was restored is not noticed. */
  published?: () => Promise<readonly PublishedEnd[]>;
  /** Each error; the sequencer goes on by itself. */
  onError?: (error: Error) => void;
}>;

export type SequencerStats = Readonly<{
  leading: boolean;
  epoch: number;
  /** The last position that this one gave. */
  head: number;
  /** Rounds that found something, and the events in them. */
  rounds: number;
  sequenced: number;
  vacuums: number;
}>;

export type Sequencer = Readonly<{
  stop: () => Promise<void>;
  stats: () => SequencerStats;
  /** Throws `SequencerRefused` when a person has to act: more left the database than the log holds. */
  ended: Promise<void>;
}>;

/** Any number may run: one leads, the others wait for its place. Survives restarts of the database. */
export const startSequencer = (options: SequencerOptions): Sequencer => {
  const run = new SequencerRun(options);
  const ended = run.run();
  ended.catch(() => undefined); // whoever wants to know awaits it
  return {
    stop: async () => {
      run.stop();
      await ended.catch(() => undefined);
    },
    stats: () => run.stats,
    ended,
  };
};

// While one leads, the standbys look this often; it keeps their sessions alive, too.
const STANDBY_MS = 100;
// Without a hint; also the ping that idle_session_timeout, one second, asks for.
const IDLE_MS = 200;
// After a round: 2 ms at rest, stretched with what came in, so that at full rate each round serves many appends.
const paceOf = (sequenced: number): number => Math.min(20, 2 + 0.18 * sequenced);
// Rounds without anything before it goes back to waiting for hints.
const QUIET_ROUNDS = 5;
// Of a backlog, in the first round: each may have 100 events. Then more, or fewer, by how long that took.
const FIRST_CALLS = 2_000;
const VACUUM_BYTES = 1024 * 1024;
const VACUUM_EVERY_MS = 1_000;
const VACUUM_WITHIN_MS = 60_000;

type Round = Readonly<{ sequenced: number; head: string | null; more: boolean; pending_bytes: string; waited: number }>;

class SequencerRun {
  stats: SequencerStats = { leading: false, epoch: 0, head: 0, rounds: 0, sequenced: 0, vacuums: 0 };
  readonly #options: SequencerOptions;
  /** Of the session, then of the pause before the next one. */
  #wake = new Wake();
  readonly #stopped = Promise.withResolvers<void>();
  #stopping = false;
  #failures = 0;
  #calls = FIRST_CALLS;
  #lagTold = -1;
  #vacuum: Promise<void> | undefined;
  #vacuumedAt = 0;

  constructor(options: SequencerOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#stopping = true;
    this.#stopped.resolve();
    this.#wake.call();
  }

  async run(): Promise<void> {
    while (!this.#stopping) {
      await this.#session().catch((error: Error) => this.#failed(error));
      this.#wake = new Wake(); // a connection that is lost calls that of its session
      if (!this.#stopping) await this.#wake.wait(Math.min(500, 25 * 2 ** this.#failures));
    }
    await this.#vacuum;
  }

  #failed(error: Error): void {
    if (error instanceof SequencerRefused) throw error;
    this.#failures = Math.min(this.#failures + 1, 10);
    this.#calls = Math.max(100, Math.floor(this.#calls / 8));
    if (!this.#stopping) this.#options.onError?.(error);
  }

  async #session(): Promise<void> {
    const wake = (this.#wake = new Wake());
    const client = await leaderConnection(this.#options.url, 'slipway-sequencer', () => wake.call());
    try {
      await refuseLooseCommits(client);
      await this.#compare(client);
      await this.#untilAlone(client);
      if (!this.#stopping) await this.#lead(client);
    } finally {
      this.stats = { ...this.stats, leading: false };
      await closed(client);
    }
  }

  // A standby has done it when its turn comes: no older backup gets under a session that lives.
  async #compare(client: pg.Client): Promise<void> {
    const { published } = this.#options;
    if (!published) return;
    const comparing = compareWithPublished(client, published);
    comparing.catch(() => undefined); // when it was stopped before
    await Promise.race([comparing, this.#stopped.promise]);
  }

  async #untilAlone(client: pg.Client): Promise<void> {
    const lock = "SELECT pg_try_advisory_lock(hashtextextended('slipway sequencer', 0)) AS mine";
    while (!this.#stopping && (await client.query<{ mine: boolean }>(lock)).rows[0]?.mine !== true)
      await this.#wake.wait(STANDBY_MS);
  }

  async #lead(client: pg.Client): Promise<void> {
    client.on('notification', () => this.#wake.call());
    await client.query('LISTEN slipway_appended');
    const { rows } = await client.query<{ epoch: string }>("SELECT store.take_lead('sequencer') AS epoch");
    const epoch = Number(rows[0]?.epoch);
    if (this.#options.published && !(await wasCompared(client))) throw new Error('the log is another one since');
    this.stats = { ...this.stats, leading: true, epoch };
    this.#failures = 0;
    for (let quiet = 0; !this.#stopping;) {
      const round = await this.#round(client, epoch);
      quiet = round.sequenced > 0 ? 0 : quiet + 1;
      if (round.more) continue;
      if (quiet > QUIET_ROUNDS) await this.#wake.wait(IDLE_MS);
      else await rest(paceOf(round.sequenced));
    }
  }

  async #round(client: pg.Client, epoch: number): Promise<Round> {
    const began = performance.now();
    const { rows } = await client.query<Round>({
      name: 'sequence',
      text: 'SELECT * FROM store.sequence($1, $2)',
      values: [epoch, this.#calls],
    });
    const round = rows[0] as Round;
    this.#calls = callsAfter(round, this.#calls, performance.now() - began);
    this.#tellLag(round);
    if (round.sequenced > 0) {
      const { rounds, sequenced } = this.stats;
      const head = Number(round.head);
      this.stats = { ...this.stats, head, rounds: rounds + 1, sequenced: sequenced + round.sequenced };
    }
    this.#vacuumBeyond(Number(round.pending_bytes));
    return round;
  }

  #tellLag({ sequenced, waited }: Round): void {
    if (sequenced === 0 && this.#lagTold === 0) return;
    this.#lagTold = sequenced;
    gauge(metricNames.sequencerLag, sequenced);
    gauge(metricNames.sequencerLagSeconds, waited);
  }

  // The table of pending appends is emptied all the time; what is dead in it costs every round.
  #vacuumBeyond(bytes: number): void {
    if (bytes < VACUUM_BYTES || this.#vacuum || performance.now() - this.#vacuumedAt < VACUUM_EVERY_MS) return;
    this.#vacuum = vacuumPending(this.#options.url)
      .then(() => (this.stats = { ...this.stats, vacuums: this.stats.vacuums + 1 }))
      .catch((error: Error) => this.#options.onError?.(error))
      .then(() => {
        this.#vacuum = undefined;
        this.#vacuumedAt = performance.now();
      });
  }
}

const rest = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

// A backlog is taken in rounds that stay well within the 1.5 s of transaction_timeout.
const callsAfter = ({ more }: Round, calls: number, tookMs: number): number => {
  if (tookMs > 400) return Math.max(100, Math.floor(calls / 2));
  return more && tookMs < 150 ? Math.min(calls * 2, 200_000) : calls;
};

// A position that was given away and sent to Kafka must not be given away again after a crash.
const refuseLooseCommits = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ synchronous_commit: string }>('SHOW synchronous_commit');
  if (rows[0]?.synchronous_commit === 'off')
    throw new Error('synchronous_commit is off: the sequencer does not run like that');
};

const vacuumPending = async (url: string): Promise<void> => {
  const client = await leaderConnection(url, 'slipway-sequencer-vacuum', () => undefined, VACUUM_WITHIN_MS);
  try {
    await client.query('SET transaction_timeout = 0');
    await client.query('VACUUM store.pending');
  } finally {
    await closed(client);
  }
};
