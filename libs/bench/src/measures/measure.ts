export type MeasureOptions = Readonly<{
  /** How long the load runs where the length is free. */
  minutes?: number;
  /** Of the amounts; 1 by default. */
  scale?: number;
  /** Of an import, in place of a million. */
  rows?: number;
  /** One line of progress. */
  say: (line: string) => void;
}>;

export type MeasureResult = Readonly<{
  /** Every figure by its name, for machines. */
  figures: Readonly<Record<string, unknown>>;
  /** The same for people. */
  lines: readonly string[];
}>;

export type Measure = (options: MeasureOptions) => Promise<MeasureResult>;
