import type { Message, Stamped } from './message.ts';

/** A refusal the caller can act on. Refusals an auditor would ask about are events instead. */
export type Rejection<Code extends string = string> = Readonly<{ rejected: Code; reason: string }>;

export type Decision<Event extends Message, Code extends string> = readonly Event[] | Rejection<Code>;

/** A pure rule book for one kind of stream: `decide` returns events (none: already so) or a rejection. */
export type Decider<Command extends Message, Event extends Message, State, Code extends string = string> = Readonly<{
  initialState: State;
  decide: (command: Stamped<Command>, state: State) => Decision<Event, Code>;
  evolve: (state: State, event: Event) => State;
}>;

export const reject = <Code extends string>(rejected: Code, reason: string): Rejection<Code> => ({ rejected, reason });

export const isRejection = <Value extends object>(value: Value | Rejection): value is Rejection => 'rejected' in value;

export const fold = <Event, State>(
  decider: { initialState: State; evolve: (state: State, event: Event) => State },
  history: readonly Event[],
): State => history.reduce(decider.evolve, decider.initialState);
