import { inWords } from '@slipway/contracts';
import type { AnyDecider } from '@slipway/event-store';
import { categoryOf, idOf, reject } from '@slipway/event-sourcing';

/** The same rules, for a stream that must be there: `not-found` before any of them when it is not. */
export const existing = (decider: AnyDecider, stream: string): AnyDecider => ({
  initialState: ABSENT,
  decide: (command, state) =>
    state === ABSENT
      ? reject('not-found', `There is no ${inWords(categoryOf(stream))} ${idOf(stream)}.`)
      : decider.decide(command, state),
  evolve: (state, event) => decider.evolve(state === ABSENT ? decider.initialState : state, event),
});

const ABSENT = Symbol('absent');
