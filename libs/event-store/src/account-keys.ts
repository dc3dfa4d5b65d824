import type pg from 'pg';
import { surviveLostConnections } from './lost-connections.ts';

/** A public key as RFC 7517 writes it: Ed25519, P-256 or RSA. */
export type PublicJwk = Readonly<{ kty: string; crv?: string; x?: string; y?: string; n?: string; e?: string }>;

type Added = Readonly<{ publicKey: PublicJwk; from: string; to: string }>;

/** What service accounts sign their tokens with, read from the log itself, as `Grants` are: nothing is remembered. */
export class AccountKeys {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = surviveLostConnections(pool);
  }

  /** The key `kid` of the account with this pseudonym, when it is in force at an instant (RFC 3339, UTC). */
  async inForce(account: string, kid: string, at: string): Promise<PublicJwk | undefined> {
    const { rows } = await this.#pool.query<{ key: Added | null }>('SELECT directory.account_key($1, $2) AS key', [
      account,
      kid,
    ]);
    const key = rows[0]?.key;
    const now = Date.parse(at);
    return key && Date.parse(key.from) <= now && now < Date.parse(key.to) ? key.publicKey : undefined;
  }
}
