import type { Delivery } from './subscription.ts';

export type Triage = Readonly<{
  /** To be given effect, in order. */
  live: readonly Delivery[];
  /** Streams that are parked from here on, because of a type that this build does not know. */
  toPark: ReadonlyMap<string, string>;
  /** To wait behind what is parked. */
  waiting: readonly Delivery[];
}>;

type Known = Readonly<{
  parked: ReadonlySet<string>;
  skipped: ReadonlySet<number>;
  knows: (type: string) => boolean;
}>;

/** Sorts a batch: an event of a parked stream waits, an unknown type parks its stream, a skipped one is passed by. */
export const triage = (batch: readonly Delivery[], { parked, skipped, knows }: Known): Triage => {
  if (parked.size === 0 && skipped.size === 0 && batch.every(({ type }) => knows(type)))
    return { live: batch, toPark: new Map(), waiting: [] };
  const live: Delivery[] = [];
  const waiting: Delivery[] = [];
  const toPark = new Map<string, string>();
  for (const event of batch) {
    if (skipped.has(event.position)) continue;
    const waits = parked.has(event.stream) || toPark.has(event.stream);
    if (!waits && knows(event.type)) live.push(event);
    else {
      if (!waits) toPark.set(event.stream, event.type);
      waiting.push(event);
    }
  }
  return { live, toPark, waiting };
};
