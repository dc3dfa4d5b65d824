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

/** Fills the tables of one view. Events of different streams come in any order. */
export type Projection = View &
  Readonly<{
    handlers: Readonly<Record<string, Handler>>;
    /** For every type that has no handler of its own. */
    otherwise?: Handler;
  }>;

type Typed<Event extends Message> = View &
  Readonly<{
    handlers: { readonly [Type in Event['type']]?: Handler<Extract<Event, { type: Type }>> };
    otherwise?: Handler<Event>;
  }>;

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
    /** After each commit. */
    applied?: () => void;
  }>;
