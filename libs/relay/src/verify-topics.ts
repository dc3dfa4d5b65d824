import { partitionOf, topicOf } from '@slipway/consumers';
import type { Violations } from '@slipway/event-store';
import { categoryNamed } from '@slipway/contracts';
import { categoryOf } from '@slipway/event-sourcing';
import type { Kafka, KafkaMessage } from 'kafkajs';
import type pg from 'pg';
import { type Partitioned, placeName } from './batch.ts';
import { readCheckpoint } from './checkpoint.ts';
import { rowsAt } from './log-reader.ts';
import { PositionsSeen } from './positions-seen.ts';
import { restored, type Restored, sameRow } from './restored.ts';
import { readSpans, spansOf } from './spans.ts';
import { requireTopics, topicsOf } from './topics.ts';

export type VerifyTopicsOptions = Readonly<{
  /** As the owner of the database. */
  client: pg.ClientBase;
  kafka: Kafka;
  prefix: string;
  /** How many records of how many have been looked at. */
  onProgress?: (records: number, of: number) => void;
}>;

const LOOKED_UP_AT_ONCE = 1_000;

type Count = {
  missingFromKafka: number;
  beyondTheLog: number;
  differingBytes: number;
  kafkaInversions: number;
  brokenChains: number;
  foreignRecords: number;
};

/**
 * Compares every record of the topics with the log. Counts what was published by the checkpoint and is not there; positions
 * that the log has not; rows that would not come back byte for byte; positions out of order in their partition; records that
 * name another one before them; records that are none of this log's, or in another stream's place. A record that was sent
 * twice is none of these: who consumes it passes it. Reads only.
 */
export const verifyTopics = async (options: VerifyTopicsOptions): Promise<Violations> => {
  const { client, kafka, prefix, onProgress = () => undefined } = options;
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY');
  try {
    // In this order: what is published by the checkpoint is there when the ends are asked for, and whatever is before the
    // ends is in the log when it is looked up.
    const checkpoint = (await readCheckpoint(client, prefix))?.position ?? 0;
    const spans = await spansOf(kafka, topicsOf(prefix));
    const total = spans.reduce((sum, { from, to }) => sum + Number(to - from), 0);
    const comparison = new Comparison(client, await placesOf(kafka, prefix), await incarnationOf(client));
    let records = 0;
    await readSpans(kafka, spans, async (place, all) => {
      for (let first = 0; first < all.length; first += LOOKED_UP_AT_ONCE)
        await comparison.add(place, all.slice(first, first + LOOKED_UP_AT_ONCE));
      records += all.length;
      onProgress(records, total);
    });
    return comparison.result(checkpoint);
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
};

const incarnationOf = async (client: pg.ClientBase): Promise<string> =>
  (await client.query<{ id: string }>('SELECT store.incarnation() AS id')).rows[0]?.id ?? '';

/** Where a stream belongs; nowhere when this build does not know its category. */
type PlaceOfStream = (stream: string) => string | undefined;

const placesOf = async (kafka: Kafka, prefix: string): Promise<PlaceOfStream> => {
  const partitions = await requireTopics(kafka, prefix);
  return stream => {
    const category = categoryOf(stream);
    if (!categoryNamed(category)) return undefined;
    const topic = topicOf(prefix, category);
    return placeName({ topic, partition: partitionOf(stream, partitions.get(topic) ?? 0) });
  };
};

class Comparison {
  readonly #client: pg.ClientBase;
  readonly #placeOf: PlaceOfStream;
  readonly #incarnation: string;
  readonly #seen = new PositionsSeen();
  /** The last position, by partition. */
  readonly #lasts = new Map<string, number>();
  readonly #count: Count = {
    missingFromKafka: 0,
    beyondTheLog: 0,
    differingBytes: 0,
    kafkaInversions: 0,
    brokenChains: 0,
    foreignRecords: 0,
  };

  constructor(client: pg.ClientBase, placeOf: PlaceOfStream, incarnation: string) {
    this.#client = client;
    this.#placeOf = placeOf;
    this.#incarnation = incarnation;
  }

  async add(place: Partitioned, records: readonly KafkaMessage[]): Promise<void> {
    const ours = records.flatMap(record => this.#own(placeName(place), record));
    const stored = await rowsAt(
      this.#client,
      ours.map(({ row }) => row.position),
    );
    for (const { row } of ours) {
      const log = stored.get(row.position);
      if (!log) this.#count.beyondTheLog += 1;
      else if (!sameRow(log, row)) this.#count.differingBytes += 1;
    }
    for (const each of ours) this.#link(placeName(place), each);
  }

  result(checkpoint: number): Violations {
    return { ...this.#count, missingFromKafka: this.#seen.missingUpTo(checkpoint) };
  }

  #own(place: string, record: KafkaMessage): readonly Restored[] {
    const found = restored(record);
    if (found?.incarnation === this.#incarnation && this.#placeOf(found.row.stream) === place) return [found];
    this.#count.foreignRecords += 1;
    return [];
  }

  #link(place: string, { row: { position }, previous }: Restored): void {
    if (!this.#seen.add(position)) return;
    const last = this.#lasts.get(place) ?? 0;
    if (position < last) this.#count.kafkaInversions += 1;
    if (previous !== last) this.#count.brokenChains += 1;
    this.#lasts.set(place, Math.max(last, position));
  }
}
