import { cloudEventTypeOf } from '@slipway/contracts';
import type { EventEnvelope } from '@slipway/event-store';
import type { Message } from 'kafkajs';

/** A row of the log; `data` is its bytes as they are stored. */
export type LogRow = Readonly<{
  position: number;
  sequencedAt: string;
  stream: string;
  version: number;
  id: string;
  type: string;
  data: string;
  envelope: EventEnvelope;
}>;

export type Lineage = Readonly<{
  /** The life of the log that it belongs to. */
  incarnation: string;
  /** The position before it in its partition, 0 for the first. */
  previous: number;
  /** The service that appended it. */
  context: string;
}>;

/**
 * CloudEvents 1.0, binary mode. `ce_time` is when it got its position; when it happened stands in the data. Headers
 * without `ce_` are ours: what a consumer needs to miss nothing and to repeat nothing.
 */
export const recordOf = (
  row: LogRow,
  partition: number,
  { incarnation, previous, context }: Lineage,
): Message & { partition: number } => ({
  key: row.stream,
  value: row.data,
  partition,
  headers: {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: row.id,
    ce_source: `/slipway/${context}`,
    ce_type: cloudEventTypeOf(row.type),
    ce_subject: row.stream,
    ce_time: row.sequencedAt,
    correlationid: row.envelope.correlationId,
    ...(row.envelope.causationId && { causationid: row.envelope.causationId }),
    ...(row.envelope.traceparent && { traceparent: row.envelope.traceparent }),
    incarnation,
    position: `${row.position}`,
    previous: `${previous}`,
    version: `${row.version}`,
  },
});

/** What it counts for against the broker's bound of a batch, a little more than it is. */
export const sizeOf = ({ key, value, headers }: Message): number => {
  let bytes = 64 + Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '');
  for (const [name, text] of Object.entries(headers ?? {})) bytes += name.length + 4 + Buffer.byteLength(String(text));
  return bytes;
};
