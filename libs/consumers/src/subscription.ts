import type { Message, Process, Recorded } from '@slipway/event-sourcing';
import type pg from 'pg';

/** An event as a consumer gets it. */
export type Delivery<Event extends Message = Message> = Recorded<Event> &
  Readonly<{ position: number; sequencedAt: string }>;

/** Writes MUST go through `client`: its transaction moves the watermark too. */
export type Handler<Event extends Message = Message> = (event: Delivery<Event>, client: pg.ClientBase) => Promise<void>;

/** A consumer by name, and what it reads. A `Projection` is one. */
export type View = Readonly<{
  /** `planning.releases`: the watermark's name, for ever. */
  consumer: string;
  /** The stream categories it reads. */
  categories: readonly string[];
}>;

/** What a projection writes to. */
type Filling = Readonly<{
  /** Its tables, in the service's schema: it is the only one to write to them, and they hold nothing but what it wrote. */
  tables: readonly string[];
  /** Tables that others write to as well. A rebuild sees empty ones in their place, which are then thrown away. */
  alsoWrites?: readonly string[];
  /** What it writes for a stream depends on that stream alone: a rebuild may take different streams at the same time. */
  independent?: boolean;
}>;

/** One event after the other, or a batch as sets. */
type Reading =
  | Readonly<{
      handlers: Readonly<Record<string, Handler>>;
      /** For every type that has no handler of its own. */
      otherwise?: Handler;
    }>
  | Readonly<{
      /**
       * Writes a whole batch in few statements (`unnest`), of any size. Events of different streams come in any order, those
       * of a stream in theirs; types that it does not use are among them.
       */
      applyAll: (events: readonly Delivery[], client: pg.ClientBase) => Promise<void>;
    }>;

/** Fills the tables of one view. Events of different streams come in any order. */
export type Projection = View & Filling & Reading;

type TypedReading<Event extends Message> =
  | Readonly<{
      handlers: { readonly [Type in Event['type']]?: Handler<Extract<Event, { type: Type }>> };
      otherwise?: Handler<Event>;
    }>
  | Readonly<{ applyAll: (events: readonly Delivery<Event>[], client: pg.ClientBase) => Promise<void> }>;

type Typed<Event extends Message> = View & Filling & TypedReading<Event>;

/** Says which events a projection sees: `projection<ReleaseEvent | ChangeEvent>({ … })`. */
export const projection = <Event extends Message>(typed: Typed<Event>): Projection => typed as unknown as Projection;

/** A process of any events; methods, so that any fits. */
export type AnyProcess = Readonly<{
  name: string;
  events: readonly string[];
  instance(event: Recorded): string | undefined;
  initialState: unknown;
  evolve(state: unknown, event: Recorded): unknown;
  react(event: Recorded, state: unknown): ReturnType<Process<Message, Message, unknown>['react']>;
}>;

/** What a transport runs. Made by `projecting` and `reacting`. */
export type Subscription = View &
  Readonly<{
    /**
     * Gives a batch its effect through `client`, whose transaction moves the watermark too. Streams come in any order,
     * the events of one stream in theirs. May be called again with the same batch, or parts of it, after a rollback.
     */
    apply: (batch: readonly Delivery[], client: pg.ClientBase) => Promise<void>;
    /** Whether this build knows the event type; by default: whether contracts do. Others are parked until one does. */
    knows?: (type: string) => boolean;
    /** Whose skips count, when they are not its own. */
    skipsOf?: string;
    /** After each commit, with what had its effect. Batches of several partitions are under way at once. */
    applied?: (batch: readonly Delivery[]) => void;
  }>;
