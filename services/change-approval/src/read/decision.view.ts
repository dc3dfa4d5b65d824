import type { DecisionEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { withoutStamp } from './without-stamp.ts';

export type DecisionView = Omit<DecisionEvent['data'], keyof Stamp>;

/** A decision as it was taken. */
export const decisionView = (_: DecisionView | undefined, { data }: Recorded<DecisionEvent>): DecisionView =>
  withoutStamp(data);
