import { Ajv, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { PublishedRecord } from './records.ts';

type Reference = Readonly<{ $ref: string }>;
type Document = Readonly<{
  channels: Readonly<Record<string, { address: string; messages: Readonly<Record<string, Reference>> }>>;
  components: {
    messages: Readonly<Record<string, { name: string; payload: Reference }>>;
    schemas: Readonly<Record<string, object>>;
    messageTraits: { cloudEvent: { headers: object } };
  };
}>;

const FILE = new URL('../../../../docs/asyncapi.yaml', import.meta.url);
const PREFIX = 'slipway';

const document = parse(readFileSync(FILE, 'utf8')) as Document;
const ajv = new Ajv({ strict: false, allErrors: true });
const areHeaders = ajv.compile(document.components.messageTraits.cloudEvent.headers);
const payloads = new Map<string, ValidateFunction>();

/** What a record says otherwise than docs/asyncapi.yaml; nothing when it is as described. */
export const mistakesIn = ({ topic, key, value, headers }: PublishedRecord, prefix: string): readonly string[] => {
  const texts = Object.fromEntries(Object.entries(headers).map(([name, bytes]) => [name, bytes.toString()]));
  const place = `${topic} ${texts['ce_type']}`;
  const schema = schemaOf(topic.replace(prefix, PREFIX), texts['ce_type'] ?? '');
  return [
    ...(areHeaders(texts) ? [] : [`${place}: headers ${ajv.errorsText(areHeaders.errors)}`]),
    ...(key.toString() === texts['ce_subject'] ? [] : [`${place}: its key is not its subject`]),
    ...(schema ? wrongIn(schema, value).map(wrong => `${place}: ${wrong}`) : [`${place} is described nowhere`]),
  ];
};

const wrongIn = (name: string, value: Buffer): readonly string[] => {
  const isPayload = payloads.get(name) ?? ajv.compile(document.components.schemas[name] ?? false);
  payloads.set(name, isPayload);
  return isPayload(JSON.parse(value.toString())) ? [] : [ajv.errorsText(isPayload.errors)];
};

/** The payload schema of the message that this channel carries under this name. */
const schemaOf = (address: string, cloudEventType: string): string | undefined => {
  const channel = Object.values(document.channels).find(each => each.address === address);
  const messages = Object.values(channel?.messages ?? {}).map(({ $ref }) => document.components.messages[lastOf($ref)]);
  const payload = messages.find(message => message?.name === cloudEventType)?.payload;
  return payload && lastOf(payload.$ref);
};

const lastOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
