/** A named fact or intent. `type` discriminates the union; `data` is plain JSON. */
export type Message<Type extends string = string, Data extends object = object> = Readonly<{
  type: Type;
  data: Readonly<Data>;
}>;

/**
 * Who and when, in the `data` of every event. Made at the edge; a decider only passes it on.
 * Instants are RFC 3339 in UTC.
 */
export type Stamp = Readonly<{
  /** A pseudonym (`person-<uuid>`) or a process of ours (`process-<name>`). */
  actor: string;
  onBehalfOf?: string;
  /** The issuer of the token; for a process of ours `slipway`. */
  issuer: string;
  /** Authentication context class and methods, RFC 8176. */
  acr?: string;
  amr?: readonly string[];
  /** The OAuth client. */
  client?: string;
  /** When it happened, from the source. */
  occurredAt: string;
  /** Our clock. */
  recordedAt: string;
  /** Through which door it came: `rest`, `grpc`, `github`, `process` … */
  source: string;
}>;

const STAMP: ReadonlySet<string> = new Set<keyof Stamp>([
  'actor',
  'onBehalfOf',
  'issuer',
  'acr',
  'amr',
  'client',
  'occurredAt',
  'recordedAt',
  'source',
]);

/** What an event says beside who and when. */
export const factsOf = <Data extends Stamp>(data: Data): Omit<Data, keyof Stamp> =>
  Object.fromEntries(Object.entries(data).filter(([field]) => !STAMP.has(field))) as Omit<Data, keyof Stamp>;

/** What a decider is asked: an intent, with who and when. */
export type Stamped<Command extends Message> = Command & Readonly<{ stamp: Stamp }>;

/** An event at its place in the store. */
export type Recorded<Event extends Message = Message> = Event &
  Readonly<{
    /** UUIDv7. */
    id: string;
    /** `<category>-<id>`. */
    stream: string;
    /** From 1. */
    version: number;
    correlationId: string;
    /** The event, or the request, that caused it. */
    causationId?: string;
    traceparent?: string;
  }>;

/** `release` of `release-0198…`. */
export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** `0198…` of `release-0198…`. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
