import { createHash } from 'node:crypto';
import { open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import type { Counts } from './progress.ts';
import { nothingYet } from './progress.ts';

/** How far an import of a file came, beside it, so that one that was killed goes on where it was. */
export type Standing = Readonly<{ batch: string; counts: Counts; rejectsBytes: number }>;

/** A record that was not imported, and why. */
export type Reject = Readonly<{ row: number; code: string; detail: string; record?: unknown; errors?: unknown }>;

const beginning = (batch: string): Standing => ({ batch, counts: nothingYet, rejectsBytes: 0 });

/** What is kept of one import: where it stands, and its rejects. Both are left as of the same row, also after a kill. */
export class Journal {
  #standing: Standing;
  readonly #path: string;
  readonly #rejects: string;
  readonly #fingerprint: string;

  private constructor(path: string, rejects: string, fingerprint: string, standing: Standing) {
    this.#path = path;
    this.#rejects = rejects;
    this.#fingerprint = fingerprint;
    this.#standing = standing;
  }

  /** Goes on with what was begun with the same file and the same options; begins anew otherwise. */
  static async open(file: string, rejects: string, options: object, batch: string): Promise<Journal> {
    const path = `${file}.import`;
    const fingerprint = await fingerprintOf(file, options);
    const before = await standingIn(path, fingerprint);
    const standing = before ?? beginning(batch);
    if (standing.rejectsBytes > 0) await truncate(rejects, standing.rejectsBytes);
    else await rm(rejects, { force: true });
    return new Journal(path, rejects, fingerprint, standing);
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** The rejects first: what is not on disk yet MUST NOT be passed over. */
  async keep(counts: Counts, rejected: readonly Reject[]): Promise<void> {
    const rejectsBytes = this.#standing.rejectsBytes + (await this.#reject(rejected));
    this.#standing = { ...this.#standing, counts, rejectsBytes };
    await writeFile(`${this.#path}.new`, JSON.stringify({ fingerprint: this.#fingerprint, ...this.#standing }));
    await rename(`${this.#path}.new`, this.#path);
  }

  async end(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  async #reject(rejected: readonly Reject[]): Promise<number> {
    if (rejected.length === 0) return 0;
    const text = Buffer.from(rejected.map(each => `${JSON.stringify(each)}\n`).join(''));
    const file = await open(this.#rejects, 'a');
    try {
      await file.write(text);
      await file.sync();
    } finally {
      await file.close();
    }
    return text.length;
  }
}

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
