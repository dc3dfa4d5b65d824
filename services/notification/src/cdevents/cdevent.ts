export const SPECIFICATION = '0.5.1';

/** A CDEvent in its own JSON form: https://cdevents.dev, 0.5.1. */
export type CdEvent = Readonly<{
  context: Readonly<{
    specversion: typeof SPECIFICATION;
    /** Of the event it was made of: the same however often it is published. */
    id: string;
    source: string;
    type: string;
    /** When it happened. */
    timestamp: string;
    chainId: string;
  }>;
  subject: Readonly<{ id: string; source: string; content: object }>;
  /** What it was made of. */
  customData: Readonly<{ type: string; subject: string; position: number; version: number }>;
}>;

/** The CloudEvents attributes of a CDEvent, by its binding; as headers of a Kafka record in binary mode. */
export const headersOf = ({ context, subject }: CdEvent): Readonly<Record<string, string>> => ({
  'content-type': 'application/json',
  ce_specversion: '1.0',
  ce_id: context.id,
  ce_source: context.source,
  ce_type: context.type,
  ce_subject: subject.id,
  ce_time: context.timestamp,
});
