import type { PublishedEnd } from '@slipway/event-store';
import type { Kafka } from 'kafkajs';
import { placeName } from './batch.ts';
import { readSpans, spansOf } from './spans.ts';
import { topicsOf } from './topics.ts';

/** Of each partition that holds something, by `<topic>/<partition>`: what left the database, whatever the checkpoint says. A record that is none of the relay's has position 0. */
export const lastRecords = async (
  kafka: Kafka,
  topics: readonly string[],
): Promise<ReadonlyMap<string, PublishedEnd>> => {
  const found = new Map<string, PublishedEnd>();
  const ends = (await spansOf(kafka, topics)).map(span => ({ ...span, from: span.to - 1n }));
  await readSpans(kafka, ends, (place, records) => {
    const headers = records.at(-1)?.headers;
    const [incarnation, position] = [headers?.['incarnation']?.toString() ?? '', Number(headers?.['position'] ?? 0)];
    found.set(placeName(place), { incarnation, position });
    return Promise.resolve();
  });
  return found;
};

/** The same of all topics of a prefix, for the sequencer to compare with: the relay's records only; none when there is no topic. */
export const publishedEnds = async (kafka: Kafka, prefix: string): Promise<readonly PublishedEnd[]> =>
  [...(await lastRecords(kafka, topicsOf(prefix))).values()].filter(({ position }) => position > 0);
