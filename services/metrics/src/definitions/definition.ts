import type { Figure, Period } from './figure.ts';
import type { Known } from './known.ts';

/** What a measure means, and how it is worked out. Another reading is another version. */
export type Definition = Readonly<{
  /** Its name in paths. */
  measure: string;
  version: string;
  title: string;
  text: string;
  source: string;
  series: Readonly<Record<string, string>>;
  figures: (known: Known, period: Period) => readonly Figure[];
}>;
