import type { EventType } from './registry.ts';
import { eventTypes } from './registry.ts';
import { samples } from './samples/index.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** Where a service answers schemas: `/schemas/<CloudEvents type>.json`. */
export const SCHEMAS_PATH = '/schemas';

/**
 * What CloudEvents carry as `dataschema`, and what the schema says as its `$id`. It names the schema and does not locate it:
 * the same in every installation, and an address of none. Whoever wants the schema asks `/schemas/<CloudEvents type>.json`.
 */
export const dataSchemaOf = (cloudEventType: string): string => `urn:slipway:schema:${cloudEventType}`;

/** JSON Schema 2020-12 of the `data` of an event type, as plain JSON: the contract that checks it, and an example of it. */
export const jsonSchemaOf = ({ type, category, schema, cloudEventType }: EventType): object => ({
  $schema: DIALECT,
  $id: dataSchemaOf(cloudEventType),
  title: type,
  description:
    `The data of \`${cloudEventType}\`, an event of streams \`${category.name}-<id>\`. ` +
    `${category.context} alone decides it. What happened, and who said so when.`,
  ...(JSON.parse(JSON.stringify(schema)) as object),
  examples: [samples[type]],
});

/** By the CloudEvents type that it has on the wire. Undefined: none that this build knows. */
export const eventTypeOnWire = (cloudEventType: string): EventType | undefined => onWire.get(cloudEventType);

const onWire: ReadonlyMap<string, EventType> = new Map(
  [...eventTypes.values()].map(each => [each.cloudEventType, each]),
);
