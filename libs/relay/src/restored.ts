import type { KafkaMessage } from 'kafkajs';
import { envelopeIn, type Headers, type LogRow, typeSpelled } from './record.ts';

/** A record of the relay's, turned back into the row that it was made of. */
export type Restored = Readonly<{ row: LogRow; incarnation: string; previous: number }>;

/** The opposite of `recordOf`, byte for byte. Undefined when it is none of the relay's. */
export const restored = ({
  headers: given = {},
  value,
}: Pick<KafkaMessage, 'headers' | 'value'>): Restored | undefined => {
  const headers: Headers = {};
  for (const [name, bytes] of Object.entries(given)) if (bytes !== undefined) headers[name] = bytes.toString();
  const { ce_id: id, ce_subject: stream, ce_type: ceType, ce_time: sequencedAt, incarnation, number } = headers;
  const [position = 0, previous = -1, version = 0] = ['position', 'previous', 'version'].map(name =>
    whole(headers[name]),
  );
  if (
    !id ||
    !stream ||
    !ceType ||
    !sequencedAt ||
    !incarnation ||
    !value ||
    position < 1 ||
    previous < 0 ||
    version < 1
  )
    return undefined;
  return {
    incarnation,
    previous,
    row: {
      position,
      sequencedAt,
      stream,
      version,
      id,
      type: headers['type'] ?? typeSpelled(ceType),
      data: value.toString(),
      envelope: headers['envelope'] ?? envelopeIn(headers),
      ...(number && { number }),
    },
  };
};

/** Whether two rows are the same in every byte. A number is not compared when one of them has none: it may be given late. */
export const sameRow = (one: LogRow, other: LogRow): boolean =>
  COMPARED.every(field => one[field] === other[field]) && (!one.number || !other.number || one.number === other.number);

const COMPARED = [
  'position',
  'sequencedAt',
  'stream',
  'version',
  'id',
  'type',
  'data',
  'envelope',
] as const satisfies readonly (keyof LogRow)[];

const whole = (text = ''): number => (/^\d{1,15}$/.test(text) ? Number(text) : -1);
