import { isBefore } from '@slipway/canonical';
import { type Rejection, reject, type Stamp } from '@slipway/event-sourcing';

export type InstantRefusal = 'before-detection' | 'in-the-future';

export const whenInFuture = (at: string, { recordedAt }: Stamp): Rejection<InstantRefusal> | undefined =>
  isBefore(recordedAt, at) ? reject('in-the-future', `${at} is later than now, ${recordedAt}.`) : undefined;

/** What is told afterwards happened between `from` and now. */
export const whenOutside = (from: string, stamp: Stamp): Rejection<InstantRefusal> | undefined =>
  isBefore(stamp.occurredAt, from)
    ? reject('before-detection', `${stamp.occurredAt} is earlier than ${from}, when the incident came to where it is.`)
    : whenInFuture(stamp.occurredAt, stamp);
