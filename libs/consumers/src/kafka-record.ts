import { cloudEventTypeOf, eventTypes, upcast } from '@slipway/contracts';
import type { KafkaMessage } from 'kafkajs';
import type { Delivery } from './subscription.ts';

/** A record as the relay writes it. `previous` is the position before it in its partition, 0 for the first. */
export type KafkaRecord = Readonly<{ incarnation: string; previous: number; event: Delivery }>;

const names: ReadonlyMap<string, string> = new Map([...eventTypes.keys()].map(type => [cloudEventTypeOf(type), type]));

/** Undefined when it is none of the relay's: then what is missing is read from the log. A type unknown to this build keeps its long name. */
export const recordOf = ({ headers, value }: KafkaMessage): KafkaRecord | undefined => {
  const header = (name: string): string | undefined => headers?.[name]?.toString();
  const [incarnation, stream, ceType, id] = [
    header('incarnation'),
    header('ce_subject'),
    header('ce_type'),
    header('ce_id'),
  ];
  const [position = 0, previous = -1, version = 0] = ['position', 'previous', 'version'].map(name =>
    whole(header(name)),
  );
  const data = parsed(value);
  if (!incarnation || !stream || !ceType || !id || !data || position < 1 || previous < 0 || version < 1)
    return undefined;
  const causationId = header('causationid');
  const traceparent = header('traceparent');
  const event: Delivery = {
    ...upcast({ type: names.get(ceType) ?? ceType, data }),
    id,
    stream,
    version,
    position,
    sequencedAt: header('ce_time') ?? '',
    correlationId: header('correlationid') ?? '',
    ...(causationId && { causationId }),
    ...(traceparent && { traceparent }),
  };
  return { incarnation, previous, event };
};

const whole = (text = ''): number => (/^\d{1,15}$/.test(text) ? Number(text) : -1);

const parsed = (value: Buffer | null): object | undefined => {
  try {
    const data: unknown = JSON.parse(value?.toString() ?? 'null');
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
};
