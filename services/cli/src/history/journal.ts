import { createHash } from 'node:crypto';
import { open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import type { Counts } from './progress.ts';
import { nothingYet } from './progress.ts';

/** How far an import of a file came, beside it, so that one that was killed goes on where it was. */
export type Standing = Readonly<{
  batch: string;
  counts: Counts;
  rejectsBytes: number;
  contradictionsBytes: number;
}>;

/** A record that was not imported, and why. */
export type Reject = Readonly<{ row: number; code: string; detail: string; record?: unknown; errors?: unknown }>;

/** A record that was imported as it is, though it contradicts itself. */
export type Contradictory = Readonly<{ row: number; contradictions: readonly string[]; record: unknown }>;

/** The files beside the one that is imported. */
export type Beside = Readonly<{ standing: string; rejects: string; contradictions: string }>;

const beginning = (batch: string): Standing => ({
  batch,
  counts: nothingYet,
  rejectsBytes: 0,
  contradictionsBytes: 0,
});

/** What is kept of one import: where it stands, its rejects and contradictions. All are left as of the same row, also after a kill. */
export class Journal {
  #standing: Standing;
  readonly #files: Beside;
  readonly #fingerprint: string;

  private constructor(files: Beside, fingerprint: string, standing: Standing) {
    this.#files = files;
    this.#fingerprint = fingerprint;
    this.#standing = standing;
  }

  /** Goes on with what was begun with the same file and the same options; begins anew otherwise. */
  static async open(file: string, files: Beside, options: object, batch: string): Promise<Journal> {
    const fingerprint = await fingerprintOf(file, options);
    const standing = (await standingIn(files.standing, fingerprint)) ?? beginning(batch);
    await leave(files.rejects, standing.rejectsBytes);
    await leave(files.contradictions, standing.contradictionsBytes);
    return new Journal(files, fingerprint, standing);
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** The lists first: what is not on disk yet MUST NOT be passed over. */
  async keep(counts: Counts, rejected: readonly Reject[], contradictory: readonly Contradictory[]): Promise<void> {
    const { batch, rejectsBytes, contradictionsBytes } = this.#standing;
    this.#standing = {
      batch,
      counts,
      rejectsBytes: rejectsBytes + (await append(this.#files.rejects, rejected)),
      contradictionsBytes: contradictionsBytes + (await append(this.#files.contradictions, contradictory)),
    };
    const { standing: path } = this.#files;
    await writeFile(`${path}.new`, JSON.stringify({ fingerprint: this.#fingerprint, ...this.#standing }));
    await rename(`${path}.new`, path);
  }

  async end(): Promise<void> {
    await rm(this.#files.standing, { force: true });
  }
}

/** What was written after the standing is written again. */
const leave = async (file: string, bytes: number): Promise<void> => {
  if (bytes > 0) await truncate(file, bytes);
  else await rm(file, { force: true });
};

/** Answers how many bytes longer the file is. */
const append = async (path: string, lines: readonly object[]): Promise<number> => {
  if (lines.length === 0) return 0;
  const text = Buffer.from(lines.map(each => `${JSON.stringify(each)}\n`).join(''));
  const file = await open(path, 'a');
  try {
    await file.write(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return text.length;
};

const fingerprintOf = async (file: string, options: object): Promise<string> => {
  const { size, mtimeMs } = await stat(file);
  return createHash('sha256')
    .update(JSON.stringify([size, mtimeMs, options]))
    .digest('hex');
};

const standingIn = async (path: string, fingerprint: string): Promise<Standing | undefined> => {
  try {
    const { fingerprint: other, ...standing } = JSON.parse(await readFile(path, 'utf8')) as Standing & {
      fingerprint: string;
    };
    return other === fingerprint ? standing : undefined;
  } catch {
    return undefined;
  }
};
