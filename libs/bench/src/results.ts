import type { Ratios } from './append.ts';
import type { Figure } from './figure.ts';
import type { LostCount } from './lost.ts';
import type { Machine, Versions } from './machine.ts';

/** What `--json` writes. */
export type Results = {
  machine: Machine;
  versions: Versions;
  /** By store: what it sees by SHOW in a session of its own; `server`: what it was started with. */
  settings: Record<string, Readonly<Record<string, string>>>;
  /** By part, then by who took part: every round. Null: it could not be measured here. */
  figures: Record<string, Readonly<Record<string, readonly Figure[] | null>>>;
  /** Medians of the rounds, ours better above 1. The names are fixed: machines read them. */
  ratios: Readonly<Record<string, number | null>>;
  /** The same with every round. */
  ratioRounds: Ratios;
  lost?: Readonly<Record<string, LostCount>>;
  /** What the reader of a figure must know. */
  notes: string[];
};
