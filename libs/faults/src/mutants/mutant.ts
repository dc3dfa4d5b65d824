import type pg from 'pg';

/** Text of a built module of a library, replaced when a part loads it. It must stand there exactly once. */
export type Replacement = Readonly<{ file: string; text: string; by: string }>;

/** A mistake that others have made, built in on purpose: a suite that does not see it proves nothing. */
export type Mutant = Readonly<{
  name: string;
  /** The faults that bring it to light. */
  kinds: readonly string[];
  /** In the suite's own database. */
  prepare?: (client: pg.ClientBase) => Promise<void>;
  replacements?: readonly Replacement[];
}>;

/** The environment variable that names the mutant to a part. */
export const MUTANT = 'FAULTS_MUTANT';

/** White space counts as white space, however much of it there is: a compiler sets it as it likes. */
export const replaced = (source: string, { text, by, file }: Replacement): string => {
  const pattern = new RegExp(
    text
      .trim()
      .split(/\s+/)
      .map(word => RegExp.escape(word))
      .join('\\s+'),
    'g',
  );
  const found = source.match(pattern)?.length ?? 0;
  if (found !== 1) throw new Error(`${file} holds the text of a mutant ${found} times, not once: ${text}`);
  return source.replace(pattern, () => by);
};
