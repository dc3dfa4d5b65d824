import { type Decider, type Decision, fold } from './decider.ts';
import type { Message, Recorded, Stamp, Stamped } from './message.ts';
import type { Instruction, Process } from './process.ts';

/** given(history).when(command) returns the decision, so the test runner does the asserting. */
export const specification =
  <Command extends Message, Event extends Message, State, Code extends string>(
    decider: Decider<Command, Event, State, Code>,
  ) =>
  (...history: readonly Event[]) => ({
    when: (command: Stamped<Command>): Decision<Event, Code> => decider.decide(command, fold(decider, history)),
  });

/** given(history).when(event) returns the instructions. Each event says its stream; ids and versions are made up. */
export const processSpecification =
  <Event extends Message, Command extends Message, State>(process: Process<Event, Command, State>) =>
  (...history: readonly At<Event>[]) => ({
    when: (event: At<Event>): readonly Instruction<Command>[] => {
      const recorded = [...history, event].map(recordedAt);
      const last = recorded.at(-1) as Recorded<Event>;
      const instance = process.instance(last);
      if (instance === undefined) return [];
      const mine = recorded.filter(each => process.instance(each) === instance);
      return process.react(last, mine.reduce(process.evolve, process.initialState));
    },
  });

type At<Event extends Message> = Event & Readonly<{ stream: string }>;

const recordedAt = <Event extends Message>(event: At<Event>, index: number): Recorded<Event> => ({
  ...event,
  id: `event-${index + 1}`,
  version: index + 1,
  correlationId: 'correlation',
});

/** A stamp for examples. */
export const stampOf = (actor: string, occurredAt = '2026-03-02T09:00:00Z'): Stamp => ({
  actor,
  issuer: 'https://issuer.example',
  occurredAt,
  recordedAt: occurredAt,
  source: 'rest',
});
