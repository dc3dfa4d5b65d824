import type { Random } from '../plan/random.ts';
import type { System } from '../system/system.ts';

export type Circumstances = Readonly<{
  system: System;
  random: Random;
  /** Events a second, where no fault says otherwise. */
  rate: number;
  /** Something must not have happened and did, so many times. */
  violated: (invariant: string, times: number) => void;
}>;

/** What ends it. */
export type End = () => Promise<unknown>;

/** A kind of fault. It throws when it cannot be done: then the run was not what it claims to be. */
export type Fault = Readonly<{
  kind: string;
  /** Two that touch the same are not under way at once. */
  touches: 'postgres' | 'broker' | 'sequencers' | 'relays' | 'consumers' | 'writers' | 'nothing';
  /** From its begin to its end: the least and the most, in a long run and in a short one. */
  lengthMs: readonly [number, number];
  shortMs: readonly [number, number];
  /** What is measured while it lasts shall be its work alone. */
  isAlone?: true;
  begin: (circumstances: Circumstances) => Promise<End>;
}>;

export const nothingMore: End = () => Promise.resolve();
