import type { ReleaseSummary } from './release-summary.ts';

/** A release summary as it is answered. */
export type AnsweredRelease = ReleaseSummary &
  Readonly<{
    id: string;
    number?: string;
    numbers: Readonly<Record<string, string>>;
    zone: string;
    asOf: string;
    position: number;
  }>;
