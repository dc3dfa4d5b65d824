import { cloudEventTypeOf, dataSchemaOf } from '@slipway/contracts';
import type { EventEnvelope } from '@slipway/event-store';
import type { Message } from 'kafkajs';

/** A row of the log; `data` and `envelope` are their bytes as they are stored. */
export type LogRow = Readonly<{
  position: number;
  /** RFC 3339 with milliseconds: it has no more. */
  sequencedAt: string;
  stream: string;
  version: number;
  id: string;
  type: string;
  data: string;
  envelope: string;
  /** `CHG-34`: on the first event of a stream that has one. */
  number?: string;
}>;

export type Lineage = Readonly<{
  /** The life of the log that it belongs to. */
  incarnation: string;
  /** The position before it in its partition, 0 for the first. */
  previous: number;
  /** The service that appended it. */
  context: string;
}>;

export type Headers = Record<string, string>;

/**
 * CloudEvents 1.0, binary mode. `ce_time` is when it got its position; when it happened stands in the data. Headers
 * without `ce_` are ours. Each costs the relay and every consumer, so each has its reason: `incarnation`, `position` and
 * `previous` let a consumer miss nothing and repeat nothing, `version` says the place in the stream, `correlationid`,
 * `causationid` and `traceparent` say what it belongs to. The last three bring back what the others can not, and stand
 * there only then: `envelope` is the stored one, where it has more than those (the key of its command), `type` the stored
 * name, where `ce_type` does not spell it, `number` that of the stream, on its first event.
 */
export const recordOf = (
  row: LogRow,
  partition: number,
  { incarnation, previous, context }: Lineage,
): Message & { partition: number; headers: Headers } => {
  const { correlationId, causationId, traceparent } = JSON.parse(row.envelope) as Partial<EventEnvelope>;
  const { ceType, dataSchema, isPlain } = wireNameOf(row.type);
  const headers: Headers = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: row.id,
    ce_source: `/slipway/${context}`,
    ce_type: ceType,
    ce_subject: row.stream,
    ce_time: row.sequencedAt,
    ce_dataschema: dataSchema,
    incarnation,
    position: `${row.position}`,
    previous: `${previous}`,
    version: `${row.version}`,
  };
  if (correlationId) headers['correlationid'] = correlationId;
  if (causationId) headers['causationid'] = causationId;
  if (traceparent) headers['traceparent'] = traceparent;
  if (envelopeIn(headers) !== row.envelope) headers['envelope'] = row.envelope;
  if (!isPlain) headers['type'] = row.type;
  if (row.number) headers['number'] = row.number;
  return { key: row.stream, value: row.data, partition, headers };
};

/** The envelope that these headers say, in the bytes in which the store keeps one. */
export const envelopeIn = ({ correlationid, causationid, traceparent }: Headers): string =>
  JSON.stringify({ correlationId: correlationid, causationId: causationid, traceparent });

/** `dev.slipway.release-scheduled.v2` to `ReleaseScheduledV2`. */
export const typeSpelled = (ceType: string): string => {
  const [, name = '', version = '1'] = /^dev\.slipway\.(.+)\.v(\d+)$/.exec(ceType) ?? [];
  const spelled = name.replaceAll(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase());
  return version === '1' ? spelled : `${spelled}V${version}`;
};

type WireName = Readonly<{ ceType: string; dataSchema: string; isPlain: boolean }>;

const wireNames = new Map<string, WireName>();

const wireNameOf = (type: string): WireName => {
  const known = wireNames.get(type);
  if (known) return known;
  const ceType = cloudEventTypeOf(type);
  const name = { ceType, dataSchema: dataSchemaOf(ceType), isPlain: typeSpelled(ceType) === type };
  wireNames.set(type, name);
  return name;
};

/** What it counts for against the broker's bound of a batch, a little more than it is. */
export const sizeOf = ({ key, value, headers }: Message): number => {
  let bytes = 64 + Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '');
  for (const [name, text] of Object.entries(headers ?? {})) bytes += name.length + 4 + Buffer.byteLength(String(text));
  return bytes;
};
