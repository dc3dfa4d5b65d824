import type { Message, Recorded } from './message.ts';

/**
 * What a process manager asks the outside to do. It never does it itself.
 * Carried out at least once under the key (process, causing event, `name`, `to`); `name` defaults to the command's type.
 */
export type Instruction<Command extends Message> =
  | Readonly<{ send: Command; to: string; name?: string }>
  /** `at` is an instant; a second schedule of the same name and target replaces the first. */
  | Readonly<{ schedule: Command; to: string; at: string; name?: string }>
  | Readonly<{ cancel: string; to: string }>
  | Readonly<{ ignore: string }>;

/** Relies on order within a stream only: events of different streams come in any order. */
export type Process<Event extends Message, Command extends Message, State> = Readonly<{
  /** Kebab-case, named as the policy it is: `raise-change-when-release-scheduled`. */
  name: string;
  /** The event types it reacts to or remembers. */
  events: readonly Event['type'][];
  /** Whose state this event belongs to (one state an instance); undefined: not ours. */
  instance: (event: Recorded<Event>) => string | undefined;
  initialState: State;
  evolve: (state: State, event: Recorded<Event>) => State;
  /** Sees the state that `evolve` made of this event. */
  react: (event: Recorded<Event>, state: State) => readonly Instruction<Command>[];
}>;
