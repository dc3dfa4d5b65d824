import type { Category } from './contract.ts';
import { dataSchemaOf } from './json-schema.ts';
import { categories, type EventType, eventTypes } from './registry.ts';
import { samples } from './samples/index.ts';

export const DEFAULT_TOPIC_PREFIX = 'slipway';

/** `slipway.releases`. */
export const topicOf = (category: Category, prefix = DEFAULT_TOPIC_PREFIX): string => `${prefix}.${category.plural}`;

/** An AsyncAPI 3.0 document of every topic and message, as plain JSON. */
export const asyncApi = (): object => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Slipway events',
    version: '1',
    description:
      'Every event, as it is stored. One topic a stream category; key = stream; CloudEvents 1.0, binary mode. ' +
      `The prefix \`${DEFAULT_TOPIC_PREFIX}\` of the topics can be set. ` +
      'Within a stream the order is kept; `position` is the place in the one order of all events.',
  },
  defaultContentType: 'application/json',
  channels: Object.fromEntries(categories.map(category => [category.plural, channelOf(category)])),
  operations: Object.fromEntries(categories.map(category => [operationOf(category), sendOf(category)])),
  components: {
    messages: Object.fromEntries([...eventTypes.values()].map(each => [each.type, messageOf(each)])),
    schemas: Object.fromEntries([...eventTypes.values()].map(each => [each.type, plain(each.schema)])),
    messageTraits: { cloudEvent: { headers: HEADERS, contentType: 'application/json', bindings: KEY } },
  },
});

const channelOf = (category: Category) => ({
  address: topicOf(category),
  description: `Streams \`${category.name}-<id>\`, written by ${category.context} alone. Kept without end.`,
  messages: Object.fromEntries(
    Object.keys(category.facts).map(type => [type, { $ref: `#/components/messages/${type}` }]),
  ),
  bindings: {
    kafka: {
      topic: topicOf(category),
      topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 },
    },
  },
});

const operationOf = ({ name }: Category): string => `send${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const sendOf = (category: Category) => ({ action: 'send', channel: { $ref: `#/channels/${category.plural}` } });

const messageOf = ({ type, category, cloudEventType }: EventType) => ({
  name: cloudEventType,
  title: type,
  traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
  payload: { $ref: `#/components/schemas/${type}` },
  examples: [{ headers: exampleOf(category, cloudEventType), payload: samples[type] }],
});

const exampleOf = (category: Category, cloudEventType: string) => ({
  ce_specversion: '1.0',
  ce_id: '0198c1a0-2000-7000-8000-000000000001',
  ce_source: `/slipway/${category.context}`,
  ce_type: cloudEventType,
  ce_subject: `${category.name}-0198c1a0-0000-7000-8000-000000000001`,
  ce_time: '2026-03-02T09:00:01.252Z',
  ce_dataschema: dataSchemaOf(cloudEventType),
});

const text = (description: string) => ({ type: 'string', description });

// All values are UTF-8 text, as Kafka headers are bytes.
const HEADERS = {
  type: 'object',
  required: [
    'ce_specversion',
    'ce_id',
    'ce_source',
    'ce_type',
    'ce_subject',
    'ce_time',
    'ce_dataschema',
    'position',
    'previous',
    'version',
  ],
  properties: {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: text('The event, a UUIDv7.'),
    ce_source: text('`/slipway/<context>`: the service that decided it.'),
    ce_type: text('`dev.slipway.<event>.v<version>`.'),
    ce_subject: text('The stream, which is the key too.'),
    ce_time: text('When it got its position. RFC 3339, UTC.'),
    ce_dataschema: text('The name of the JSON Schema of the data, which `/schemas/<ce_type>.json` answers.'),
    correlationid: text('What belongs to one request from outside, over all services.'),
    causationid: text('The event, or the request, that caused it.'),
    traceparent: text('W3C trace context.'),
    incarnation: text('Of the log: another one starts its positions anew.'),
    position: text('The place in the one order of all events, from 1. Decimal.'),
    previous: text('The position before it in this partition, 0 for the first: what lies between was elsewhere.'),
    version: text('The place in its stream, from 1. Decimal.'),
    envelope: text('What is stored beside the data, where the other headers do not say all of it. JSON.'),
    type: text('The stored name of the event, where ce_type does not spell it.'),
    number: text('The number of the stream, such as CHG-34, with its first event.'),
  },
};

const KEY = { kafka: { key: { type: 'string', description: 'The stream.' } } };

const plain = (schema: object): object => JSON.parse(JSON.stringify(schema)) as object;
