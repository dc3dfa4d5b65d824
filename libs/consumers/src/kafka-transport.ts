import { categoryNamed } from '@slipway/contracts';
import { once } from 'node:events';
import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { type KafkaRecord, recordOf } from './kafka-record.ts';
import { type Place, partitionOf, topicOf } from './place.ts';
import { isBehind } from './progress.ts';
import { partitionCount, publishedIn } from './published.ts';
import type { KafkaSource } from './source.ts';
import type { Delivery, Subscription } from './subscription.ts';
import { ConsumerTransport } from './transport.ts';
import { Overtaken, watermarkAt } from './watermark.ts';

type Bounds = Readonly<{ place: Place; signal: AbortSignal; pulse: () => Promise<void> }>;

// A process that was killed holds its partitions for so long; 6 s is the least that brokers take by default.
const MISSED_AFTER_MS = 6_000;
// The watermark says where to go on; offsets only keep a restart from reading much again, which is passed by its position.
const COMMIT_EVERY_MS = 1_000;
// Partitions wait for a disk each: together they wait for it once.
const AT_ONCE = 4;

/** Reads the topics that the relay fills, as one consumer group. */
export class KafkaTransport extends ConsumerTransport {
  private readonly kafka: KafkaSource;
  private readonly toldOf = new Set<string>();
  private consumer: Consumer | undefined;
  private committedAt = 0;

  constructor(source: KafkaSource, subscription: Subscription) {
    super(source, subscription);
    this.kafka = source;
  }

  /** The kafkajs consumer of this run. */
  override unwrap<T>(): T {
    return this.consumer as T;
  }

  protected async consume(signal: AbortSignal): Promise<void> {
    const { kafka, prefix } = this.kafka;
    const consumer = kafka.consumer({
      groupId: `${prefix}.${this.subscription.consumer}`,
      sessionTimeout: MISSED_AFTER_MS,
      heartbeatInterval: MISSED_AFTER_MS / 4,
      maxWaitTimeInMs: 500, // a fetch without records holds up the end for as long as it waits
      retry: { restartOnFailure: () => Promise.resolve(false) }, // beginning anew is ours
    });
    this.consumer = consumer;
    const broken = Promise.withResolvers<never>();
    broken.promise.catch(() => undefined);
    consumer.on(consumer.events.CRASH, ({ payload }) => broken.reject(payload.error));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: this.topics(), fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: AT_ONCE,
        eachBatch: payload =>
          this.receiveAll(payload, signal).catch((error: unknown) => {
            if (isRejoined(error)) throw error;
            payload.pause(); // kafkajs would try it again by itself, and hold up the end of this run meanwhile
            broken.reject(error);
          }),
      });
      const aborted = signal.aborted ? Promise.resolve() : once(signal, 'abort');
      await Promise.race([broken.promise, aborted]);
    } finally {
      await consumer.disconnect();
    }
  }

  protected isBehind(): Promise<boolean> {
    return isBehind(this.kafka, this.subscription);
  }

  private topics(): string[] {
    return this.subscription.categories.map(category => topicOf(this.kafka.prefix, category));
  }

  private async receiveAll(payload: EachBatchPayload, signal: AbortSignal): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const bounds: Bounds = { place: { topic, partition }, signal, pulse: () => payload.heartbeat() };
    for (let start = 0; start < messages.length;) {
      if (signal.aborted || !payload.isRunning() || payload.isStale()) break;
      const some = messages.slice(start, start + this.batchSize);
      await this.receive(some, bounds);
      start += some.length;
      payload.resolveOffset(some.at(-1)?.offset ?? '');
      await payload.heartbeat();
    }
    if (performance.now() - this.committedAt < COMMIT_EVERY_MS) return;
    this.committedAt = performance.now();
    await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
  }

  /** After a rebalance another instance may still be at this partition: who is overtaken looks again. */
  private async receive(messages: readonly KafkaMessage[], bounds: Bounds): Promise<void> {
    const records = messages.map(recordOf).filter(record => record !== undefined);
    if (records.length < messages.length)
      this.source.onError?.(
        this.subscription.consumer,
        new Error(`${bounds.place.topic} has records that are not the relay's`),
      );
    for (;;) {
      try {
        return await this.receiveRecords(records, bounds);
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
      }
    }
  }

  private async receiveRecords(records: readonly KafkaRecord[], bounds: Bounds): Promise<void> {
    if (records.length === 0) return;
    const { consumer } = this.subscription;
    const { incarnation, position } = await watermarkAt(this.kafka.pool, consumer, bounds.place);
    // A topic keeps what an earlier life of the log sent to it.
    const own = records.filter(record => record.incarnation === incarnation);
    if (own.length < records.length) this.tellOfOthers(bounds.place);
    let from = position;
    for (const run of runsOf(own, from)) {
      if (run.previous > from) from = await this.fill(from, run.previous, incarnation, bounds);
      const through = run.events.at(-1)?.position ?? from;
      await this.deliver({ ...bounds, incarnation, from, through, events: run.events }, bounds.signal, bounds.pulse);
      from = through;
    }
  }

  private tellOfOthers({ topic }: Place): void {
    if (this.toldOf.has(topic)) return;
    this.toldOf.add(topic);
    this.source.onError?.(this.subscription.consumer, new Error(`${topic} has records of another life of the log`));
  }

  /** A hole: what Kafka did not bring is in the log. */
  private async fill(after: number, upTo: number, incarnation: string, bounds: Bounds): Promise<number> {
    const { place, signal, pulse } = bounds;
    const category = this.subscription.categories.find(each => topicOf(this.kafka.prefix, each) === place.topic) ?? '';
    const partitions = partitionCount(await publishedIn(this.kafka.pool, [place.topic]), place.topic);
    let from = after;
    for (let seen = after; seen < upTo;) {
      const read = await this.kafka.store.readLog(seen, this.batchSize, [category]);
      seen = read.at(-1)?.position ?? upTo;
      const events = read.filter(
        each => each.position <= upTo && partitionOf(each.stream, partitions) === place.partition,
      );
      const through = events.at(-1)?.position ?? from;
      if (events.length > 0) await this.deliver({ place, incarnation, from, through, events }, signal, pulse);
      from = through;
    }
    if (from !== upTo)
      throw new Error(
        `${place.topic}/${place.partition} names position ${upTo}, which the log of ${categoryNamed(category)?.plural} does not have`,
      );
    return from;
  }
}

// What a heartbeat hears while the group takes in or loses a member: kafkajs joins again by itself. To leave the group and
// come back would make all others join again as well, and they this one.
const REJOINED = new Set([
  'REBALANCE_IN_PROGRESS',
  'NOT_COORDINATOR_FOR_GROUP',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
]);

const isRejoined = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && REJOINED.has(String(error.type));

type Run = { previous: number; events: Delivery[] };

/** What is new after a watermark, cut where something is missing. Repeats are left out. */
export const runsOf = (records: readonly KafkaRecord[], watermark: number): readonly Run[] => {
  const runs: Run[] = [];
  let at = watermark;
  for (const { previous, event } of records) {
    if (event.position <= at) continue;
    const run = runs.at(-1);
    if (run && previous <= at) run.events.push(event);
    else runs.push({ previous, events: [event] });
    at = event.position;
  }
  return runs;
};
