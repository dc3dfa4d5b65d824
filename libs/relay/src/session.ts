import './kafka-encoder.ts';
import { closed, leaderConnection, type Wake } from '@slipway/event-store';
import type { Producer } from 'kafkajs';
import type pg from 'pg';
import { type Batch, batchOf, placeName } from './batch.ts';
import { readCheckpoint, recordedPartitions, writeCheckpoint } from './checkpoint.ts';
import { lastRecords } from './last-records.ts';
import { headOf, readRows } from './log-reader.ts';
import { DEFAULT_PREFIX, type RelayOptions } from './options.ts';
import { Reach } from './reach.ts';
import { RelayLag } from './relay-lag.ts';
import type { LogRow } from './record.ts';
import { traced } from './telemetry.ts';
import { RelayRefused, requireTopics } from './topics.ts';

export type State = { stopping: boolean; leading: boolean; position: number; published: number; checkpoints: number };

/** A look at the log without a hint. */
const POLL_MS = 300;
const STANDBY_MS = 100;
/** A third of what `idle_session_timeout` of the role allows. */
const PING_MS = 300;
/** Without an answer of the database for this long it asks before it sends whether it still leads: it may have been frozen. */
const LEAD_PROVEN_MS = 500;
const CHECKPOINT_EVERY_MS = 100;

type Session = Readonly<{
  client: pg.Client;
  producer: Producer;
  prefix: string;
  incarnation: string;
  epoch: string;
  partitions: ReadonlyMap<string, number>;
  /** The last position on Kafka, by partition; grows with each send. */
  lasts: Map<string, number>;
  lag: RelayLag;
}>;

/** One lead, from the lock to its loss. Answers when told to stop; throws when it cannot go on. */
export const lead = async (options: RelayOptions, state: State, wake: Wake): Promise<void> => {
  const client = await leaderConnection(options.url, 'slipway-relay', () => wake.call());
  const ping = setInterval(() => void client.query('SELECT').catch(() => wake.call()), PING_MS);
  const producer = options.kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  let connected = Promise.resolve();
  try {
    await untilAlone(client, state, wake);
    if (state.stopping) return;
    const lag = new RelayLag();
    client.on('notification', ({ payload }) => {
      lag.headIs(Number(payload));
      wake.call();
    });
    await client.query('LISTEN slipway_sequenced');
    connected = producer.connect();
    connected.catch(() => undefined); // met when it is awaited
    const session = { ...(await begin(options, client, producer)), lag };
    await connected;
    Object.assign(state, { leading: true, position: session.position });
    await publish(session, state, wake);
  } finally {
    clearInterval(ping);
    await producer.disconnect().catch(() => undefined);
    void connected.then(() => producer.disconnect()).catch(() => undefined); // one that was under way outlives that
    await closed(client);
  }
};

const untilAlone = async (client: pg.Client, state: State, wake: Wake): Promise<void> => {
  const lock = "SELECT pg_try_advisory_lock(hashtextextended('slipway relay', 0)) AS mine";
  while (!state.stopping && (await client.query<{ mine: boolean }>(lock)).rows[0]?.mine !== true)
    await wake.wait(STANDBY_MS);
};

const begin = async (
  options: RelayOptions,
  client: pg.Client,
  producer: Producer,
): Promise<Omit<Session, 'lag'> & { position: number }> => {
  const { kafka, prefix = DEFAULT_PREFIX } = options;
  const { rows } = await client.query<{ epoch: string; incarnation: string }>(
    "SELECT store.take_lead('relay') AS epoch, store.incarnation() AS incarnation",
  );
  const { epoch, incarnation } = rows[0] as (typeof rows)[0];
  const partitions = await requireTopics(kafka, prefix);
  for (const [topic, count] of await recordedPartitions(client, [...partitions.keys()]))
    if (count !== partitions.get(topic))
      throw new RelayRefused(
        `${topic} had ${count} partitions and has ${partitions.get(topic)}: streams would change places. Use topics of its own (another prefix)`,
      );
  const onKafka = await lastRecords(kafka, [...partitions.keys()]);
  const head = await headOf(client); // only now: a leader that is on its way out may still have published
  for (const [place, last] of onKafka) refuseForeign(place, last, incarnation, head);
  const checkpoint = await readCheckpoint(client, prefix);
  if (checkpoint && checkpoint.incarnation !== incarnation)
    throw new RelayRefused(
      `the topics ${prefix}.* belong to log ${checkpoint.incarnation}, this is ${incarnation}: use topics of its own (another prefix)`,
    );
  const lasts = new Map<string, number>();
  for (const [topic, count] of partitions)
    for (let partition = 0; partition < count; partition += 1) {
      const place = placeName({ topic, partition });
      lasts.set(place, onKafka.get(place)?.position ?? 0);
    }
  const position = checkpoint?.position ?? 0;
  const session = { client, producer, prefix, incarnation, epoch, partitions, lasts };
  await writeCheckpoint(client, session, position, { firsts: new Map(), lasts });
  return { ...session, position };
};

const refuseForeign = (
  place: string,
  last: { incarnation: string; position: number },
  incarnation: string,
  head: number,
): void => {
  if (last.incarnation !== incarnation)
    throw new RelayRefused(
      `${place} ends with a record of log ${last.incarnation || '(none)'}, this is ${incarnation}: use topics of its own (another prefix)`,
    );
  if (last.position > head)
    throw new RelayRefused(
      `${place} ends at position ${last.position}, the log at ${head}: an older backup was restored. Run "slipway store recover" before anything is appended`,
    );
};

const publish = async (session: Session, state: State, wake: Wake): Promise<void> => {
  const stretch = new Stretch(session, state);
  const reach = new Reach();
  let reading = read(session, state.position, reach.rows);
  while (!state.stopping) {
    const { rows, provenAt } = await reading;
    if (rows.length === 0) {
      await wake.wait(await stretch.restAfterCheckpoint());
      reading = read(session, state.position, reach.rows);
      continue;
    }
    const batch = batchOf(rows, session);
    reach.took(rows);
    reading = read(session, batch.through, reach.rows); // while the broker has the one in hand
    if (performance.now() - provenAt > LEAD_PROVEN_MS) await stillLeads(session);
    const { topicMessages } = batch;
    if (batch.records > 0) await traced(topicMessages, () => session.producer.sendBatch({ topicMessages, acks: -1 }));
    stretch.sent(batch);
    session.lag.tell(batch.through, rows);
    if (stretch.isDue()) await stretch.checkpoint();
  }
  await reading.catch(() => undefined);
  await stretch.checkpoint();
};

type Read = Readonly<{ rows: readonly LogRow[]; provenAt: number }>;

const read = (session: Session, after: number, limit: number): Promise<Read> => {
  const provenAt = performance.now(); // no later than the answer
  const reading = readRows(session.client, after, limit).then(rows => ({ rows, provenAt }));
  reading.catch(() => undefined); // met when it is awaited
  return reading;
};

const stillLeads = async ({ client, epoch }: Session): Promise<void> => {
  await client.query("SELECT store.hold_lead('relay', $1)", [epoch]);
};

/** What was acknowledged since the last checkpoint. */
class Stretch {
  #firsts = new Map<string, number>();
  #lasts = new Map<string, number>();
  #isDirty = false;
  #writtenAt = 0;
  readonly #session: Session;
  readonly #state: State;

  constructor(session: Session, state: State) {
    this.#session = session;
    this.#state = state;
  }

  sent({ through, firsts, lasts, records }: Batch): void {
    for (const [place, first] of firsts) if (!this.#firsts.has(place)) this.#firsts.set(place, first);
    for (const [place, last] of lasts) {
      this.#lasts.set(place, last);
      this.#session.lasts.set(place, last);
    }
    this.#state.position = through;
    this.#state.published += records;
    this.#isDirty = true;
  }

  isDue(): boolean {
    return this.#isDirty && performance.now() - this.#writtenAt >= CHECKPOINT_EVERY_MS;
  }

  async checkpoint(): Promise<void> {
    if (!this.#isDirty) return;
    const { client } = this.#session;
    await writeCheckpoint(client, this.#session, this.#state.position, { firsts: this.#firsts, lasts: this.#lasts });
    this.#firsts = new Map();
    this.#lasts = new Map();
    this.#isDirty = false;
    this.#writtenAt = performance.now();
    this.#state.checkpoints += 1;
  }

  /** Nothing to send: writes what is due, and answers for how long nothing more has to be done. */
  async restAfterCheckpoint(): Promise<number> {
    if (this.isDue()) await this.checkpoint();
    this.#session.lag.tell(this.#state.position, []);
    return this.#isDirty ? Math.max(1, CHECKPOINT_EVERY_MS - (performance.now() - this.#writtenAt)) : POLL_MS;
  }
}
