import type pg from 'pg';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const PREFIX = 'sealed:v1:';
const IV_BYTES = 12;
const TAG_BYTES = 16;

type KeyRow = Readonly<{ key: Buffer | null; erased_at: Date | null }>;

/**
 * Free text that may name people, under one AES-256-GCM key a subject (a record's stream, a person). Dropping the key erases
 * the text wherever it was copied to. Stored form: `sealed:v1:` and base64url of IV (12), ciphertext, tag (16); the subject
 * is authenticated with it, so that text cannot be moved to another record. Keys are never cached: an erasure is immediate.
 */
export class Seals {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async seal(subject: string, text: string): Promise<string> {
    const { rows } = await this.#pool.query<{ key: Buffer }>('SELECT directory.key($1)', [subject]);
    return sealed(rows[0]?.key as Buffer, subject, text);
  }

  /** Undefined when the text was erased. Throws when it was changed, or sealed for another subject. */
  async open(subject: string, sealedText: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query<KeyRow>('SELECT * FROM directory.existing_key($1)', [subject]);
    const { key, erased_at: erasedAt } = rows[0] ?? { key: null, erased_at: null };
    if (!key) return undefined;
    const text = opened(key, subject, sealedText);
    // Under the key from before an erasure, it looks as if it had been changed.
    if (text === undefined && !erasedAt) throw new Error(`text sealed for ${subject} does not authenticate`);
    return text;
  }
}

export const sealed = (key: Buffer, subject: string, text: string): string => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(subject));
  const bytes = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${PREFIX}${bytes.toString('base64url')}`;
};

/** Undefined when it does not authenticate. */
export const opened = (key: Buffer, subject: string, sealedText: string): string | undefined => {
  const bytes = Buffer.from(sealedText.slice(PREFIX.length), 'base64url');
  if (!sealedText.startsWith(PREFIX) || bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(subject))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};
