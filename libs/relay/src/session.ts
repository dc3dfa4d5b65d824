import { closed, leaderConnection, type Wake } from '@slipway/event-store';
import { gauge, metricNames } from '@slipway/telemetry';
import type { Producer } from 'kafkajs';
import type pg from 'pg';
import { type Batch, batchOf, placeName } from './batch.ts';
import { readCheckpoint, recordedPartitions, writeCheckpoint } from './checkpoint.ts';
import { lastRecords } from './last-records.ts';
import { headOf, readRows } from './log-reader.ts';
import { DEFAULT_PREFIX, type RelayOptions } from './options.ts';
import type { LogRow } from './record.ts';
import { traced } from './telemetry.ts';
import { RelayRefused, requireTopics } from './topics.ts';

export type State = { stopping: boolean; leading: boolean; position: number; published: number; checkpoints: number };

/** A look at the log without a hint. */
const POLL_MS = 100;
const STANDBY_MS = 300;
/** Half of what `idle_session_timeout` of the role allows, and then some. */
const PING_MS = 300;
const RECORDS_A_SEND = 500;
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
  try {
    await untilAlone(client, state, wake);
    if (state.stopping) return;
    client.on('notification', () => wake.call());
    await client.query('LISTEN slipway_sequenced');
    const session = await begin(options, client, producer);
    Object.assign(state, { leading: true, position: session.position });
    await producer.connect();
    await publish(session, state, wake);
  } finally {
    clearInterval(ping);
    await producer.disconnect().catch(() => undefined);
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
): Promise<Session & { position: number }> => {
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
      `the checkpoint is of log ${checkpoint.incarnation}, this is ${incarnation}: recover the store first`,
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
      `${place} ends at position ${last.position}, the log at ${head}: an older backup was restored. Take the tail back from Kafka, or open a new incarnation, before anything is appended`,
    );
};

const publish = async (session: Session, state: State, wake: Wake): Promise<void> => {
  const stretch = new Stretch(session, state);
  let reading = read(session, state.position);
  while (!state.stopping) {
    const rows = await reading;
    if (rows.length === 0) {
      await wake.wait(await stretch.restAfterCheckpoint());
      reading = read(session, state.position);
      continue;
    }
    const batch = batchOf(rows, session);
    reading = read(session, batch.through); // while the broker has the one in hand
    const { topicMessages } = batch;
    if (batch.records > 0) await traced(topicMessages, () => session.producer.sendBatch({ topicMessages, acks: -1 }));
    stretch.sent(batch);
    gauge(metricNames.relayLag, (rows.at(-1)?.position ?? 0) - batch.through);
    if (stretch.isDue()) await stretch.checkpoint();
  }
  await reading.catch(() => undefined);
  await stretch.checkpoint();
};

const read = (session: Session, after: number): Promise<readonly LogRow[]> => {
  const rows = readRows(session.client, after, RECORDS_A_SEND);
  rows.catch(() => undefined); // met when it is awaited
  return rows;
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
    gauge(metricNames.relayLag, 0);
    return this.#isDirty ? Math.max(1, CHECKPOINT_EVERY_MS - (performance.now() - this.#writtenAt)) : POLL_MS;
  }
}
