import { type Static, type TObject, type TProperties, Type } from 'typebox';
import type { Message } from '@slipway/event-sourcing';

/** Read only, all the way down. */
export type Immutable<Value> = Value extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
    : Value;

/** The facts of each event type of one stream category, beside the stamp that all of them carry. */
export type Contracts = Readonly<Record<string, TProperties>>;

export type Category<Facts extends Contracts = Contracts> = Readonly<{
  /** The stream category: streams are `<name>-<id>`. */
  name: string;
  /** The service that alone appends to it. */
  context: string;
  /** Of the Kafka topic, without the prefix. */
  plural: string;
  /** Of the human number, `REL` in `REL-12`; none: records nobody talks about. */
  prefix?: string;
  facts: Facts;
}>;

export const category = <Facts extends Contracts>(definition: Category<Facts>): Category<Facts> => definition;

const stamp = {
  actor: Type.String({ description: 'A pseudonym, or a process of Slipway.' }),
  onBehalfOf: Type.Optional(Type.String()),
  issuer: Type.String({ description: 'The issuer of the token.' }),
  acr: Type.Optional(Type.String()),
  amr: Type.Optional(Type.Array(Type.String())),
  client: Type.Optional(Type.String({ description: 'The OAuth client.' })),
  occurredAt: Type.String({ description: 'When it happened, from the source. RFC 3339, UTC.' }),
  recordedAt: Type.String({ description: 'When Slipway took it in. RFC 3339, UTC.' }),
  source: Type.String({ description: 'Through which door it came.' }),
};

/** JSON Schema of the `data` of one event type. Closed: a field that is not said here is a mistake. */
export const schemaOf = (facts: TProperties): TObject =>
  Type.Object({ ...facts, ...stamp }, { additionalProperties: false });

type DataOf<Facts extends TProperties> = Immutable<Static<TObject<Facts & typeof stamp>>>;

/** The union of a category's events. */
export type EventOf<Of extends Category> =
  Of extends Category<infer Facts>
    ? { [Type in keyof Facts & string]: Message<Type, DataOf<Facts[Type]>> }[keyof Facts & string]
    : never;

/** The facts of one example of every type, without the stamp. */
export type SamplesOf<Of extends Category> = {
  readonly [Event in EventOf<Of> as Event['type']]: Omit<Event['data'], keyof typeof stamp>;
};
