import { type Access, EVERYWHERE, type Place } from '@slipway/edge';
import { type Decision, isRejection, type Message, reject, type Rejection } from '@slipway/event-sourcing';
import type { AnyDecider } from '@slipway/event-store';

/** Where a record takes place, folded from its own events: what the limits of grants are held against. Methods, so that any fits. */
export type Placing<Event extends Message = Message, State = unknown> = Readonly<{
  initialState: State;
  evolve(state: State, event: Event): State;
  places(state: State, id: string): readonly Place[];
}>;

/** Of a category that says nothing: what has no limit alone may do it. */
export const everywhere: Placing = { initialState: undefined, evolve: () => undefined, places: () => [EVERYWHERE] };

/** The places of a record after these events. */
export const placesAfter = (placing: Placing, id: string, events: readonly Message[]): readonly Place[] =>
  placing.places(
    events.reduce((state, event) => placing.evolve(state, event), placing.initialState),
    id,
  );

export const outsideScope = (): Rejection<'outside-scope'> =>
  reject('outside-scope', 'Your grants are limited to services or environments that this is not part of.');

type State = Readonly<{ own: unknown; placed: unknown }>;

/** The same rules, for an asker whose grants must cover where the record is before the command and after it. */
export const withinScope = (decider: AnyDecider, placing: Placing, id: string, access: Access): AnyDecider => ({
  initialState: { own: decider.initialState, placed: placing.initialState } satisfies State,
  decide: (command, state): Decision<Message, string> => {
    const { own, placed } = state as State;
    if (!access.covers(placing.places(placed, id))) return outsideScope();
    const decision = decider.decide(command, own);
    if (isRejection(decision)) return decision;
    const after = decision.reduce((at, event) => placing.evolve(at, event), placed);
    return access.covers(placing.places(after, id)) ? decision : outsideScope();
  },
  evolve: (state, event) => {
    const { own, placed } = state as State;
    return { own: decider.evolve(own, event), placed: placing.evolve(placed, event) };
  },
});
