import type { Seen } from './consumer.process.ts';
import type { Appended } from './generator.process.ts';
import { type Spread, spreadOf } from './quantile.ts';

/** In milliseconds. The three steps add up to the whole. */
export type Steps = Readonly<{
  visible: Spread;
  /** From the answer of the append to the word of the sequencer. */
  toSequenced: Spread;
  /** From there through relay and broker into the consumer's hands. */
  toReceived: Spread;
  /** From there to the commit of the view. */
  toCommitted: Spread;
}>;

export type Latency = Steps &
  Readonly<{
    perSecond: number;
    /** How many cores each process kept busy. */
    cores: Readonly<Record<string, number>>;
  }>;

/** Throws when something that was appended was not seen. */
export const latencyOf = (
  { acknowledged, sequenced }: Appended,
  seen: Readonly<Record<string, Seen>>,
  positions: ReadonlyMap<string, number>,
): Steps => {
  const wholes: number[] = [];
  const steps: Record<'sequenced' | 'received' | 'committed', number[]> = {
    sequenced: [],
    received: [],
    committed: [],
  };
  for (const [stream, acknowledgedAt] of Object.entries(acknowledged)) {
    const at = seen[stream];
    const sequencedAt = heardOf(sequenced, positions.get(stream) ?? 0);
    if (!at || sequencedAt === undefined) throw new Error(`${stream} was appended and not seen`);
    wholes.push(at.committed - acknowledgedAt);
    steps.sequenced.push(sequencedAt - acknowledgedAt);
    steps.received.push(at.received - sequencedAt);
    steps.committed.push(at.committed - at.received);
  }
  return {
    visible: spreadOf(wholes),
    toSequenced: spreadOf(steps.sequenced),
    toReceived: spreadOf(steps.received),
    toCommitted: spreadOf(steps.committed),
  };
};

/** The first word of the sequencer that covers this position. */
const heardOf = (sequenced: Appended['sequenced'], position: number): number | undefined => {
  let [low, high] = [0, sequenced.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sequenced[middle]?.[0] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return sequenced[low]?.[1];
};
