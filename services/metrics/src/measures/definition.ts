import type { Figure } from '../figures/figure.ts';
import type { Period } from '../periods/period.ts';
import type { Known } from '../rows/known.ts';

/** What a measure means, and how it is worked out of rows. Another reading is another version. */
export type Definition = Readonly<{
  /** Its name in paths. */
  measure: string;
  version: string;
  title: string;
  text: string;
  source: string;
  series: Readonly<Record<string, string>>;
  /** Earlier versions, and what each counted otherwise. */
  earlier?: readonly Readonly<{ version: string; difference: string }>[];
  figures: (known: Known, period: Period) => readonly Figure[];
}>;
