import type { ThresholdCommand } from './metric-threshold-commands.ts';

export type ThresholdStatus = 'None' | 'Watching' | 'Crossed' | 'Retired';

/** What is allowed in which state, and where it may lead. */
export const thresholdMoves: Readonly<
  Record<ThresholdStatus, Partial<Record<ThresholdCommand['type'], readonly ThresholdStatus[]>>>
> = {
  None: { SetThreshold: ['Watching'] },
  Watching: {
    ReviseThreshold: ['Watching'],
    JudgeThreshold: ['Watching', 'Crossed'],
    RetireThreshold: ['Retired'],
  },
  Crossed: {
    ReviseThreshold: ['Crossed'],
    JudgeThreshold: ['Crossed', 'Watching'],
    RetireThreshold: ['Retired'],
  },
  // Said twice, it is already so.
  Retired: { RetireThreshold: ['Retired'] },
};
