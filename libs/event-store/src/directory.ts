import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { surviveLostConnections } from './lost-connections.ts';

/** Everything that says who a pseudonym is. Erasable; for `catalog` alone to read. */
export type DirectoryPerson = Readonly<{
  pseudonym: string;
  kind: 'person' | 'service-account';
  name: string;
  email?: string;
  /** The day after which this person is gone, `2026-12-31`. */
  leavesOn?: string;
  aliases: readonly string[];
}>;

/** Somebody in the directory: his pseudonym, and others under which events know him. */
export type Subject = Readonly<{ person: string; alsoKnownAs: readonly string[] }>;

/** What is left of somebody who was erased, for as long as it has to be known. */
export type RetainedPerson = Readonly<{ name?: string; email?: string; accounts: readonly string[] }>;

/** The alias stands in the error: show it to nobody but who sent it. */
export class AliasTaken extends Error {
  override readonly name = 'AliasTaken';
  readonly alias: string;

  constructor(alias: string) {
    super('an alias belongs to somebody else');
    this.alias = alias;
  }
}

const CACHED_ALIASES = 10_000;
const CACHED_FOR_MS = 60_000;

type PersonRow = Omit<DirectoryPerson, 'email' | 'leavesOn'> &
  Readonly<{ email: string | null; leaves_on: string | null }>;

/** Schema `directory`: who people are, outside the log. Services may ask for pseudonyms; the rest is the catalog's. */
export class Directory {
  readonly #pool: pg.Pool;
  readonly #cache = new LRUCache<string, string>({ max: CACHED_ALIASES, ttl: CACHED_FOR_MS });

  constructor(pool: pg.Pool) {
    this.#pool = surviveLostConnections(pool);
  }

  /**
   * The pseudonym of each alias (account, e-mail, token subject; compared byte for byte), made when it is new. An erased
   * person's alias can give the old pseudonym for up to a minute.
   */
  async pseudonyms(aliases: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const alias of aliases) {
      const cached = this.#cache.get(alias);
      if (cached) found.set(alias, cached);
    }
    const missing = [...new Set(aliases)].filter(alias => !found.has(alias));
    if (missing.length === 0) return found;
    const { rows } = await this.#pool.query<{ alias: string; pseudonym: string }>(
      'SELECT * FROM directory.pseudonyms($1)',
      [missing],
    );
    for (const { alias, pseudonym } of rows) {
      found.set(alias, pseudonym);
      this.#cache.set(alias, pseudonym);
    }
    return found;
  }

  async pseudonym(alias: string): Promise<string> {
    return (await this.pseudonyms([alias])).get(alias) as string;
  }

  /**
   * Once or many times: the last one counts. Answers the other pseudonyms under which earlier events know this person.
   * Throws `AliasTaken`.
   */
  async registerPerson(person: DirectoryPerson): Promise<readonly string[]> {
    const { pseudonym, kind, name, email, leavesOn, aliases } = person;
    for (const alias of aliases) this.#cache.delete(alias);
    try {
      const { rows } = await this.#pool.query<{ others: string[] }>(
        'SELECT directory.register_person($1, $2, $3, $4, $5, $6) AS others',
        [pseudonym, kind, name, email ?? null, leavesOn ?? null, aliases],
      );
      return rows[0]?.others ?? [];
    } catch (error) {
      throw error instanceof pg.DatabaseError && error.code === 'SW020' ? new AliasTaken(error.detail ?? '') : error;
    }
  }

  /** Of these pseudonyms, or of all. */
  async people(pseudonyms?: readonly string[]): Promise<readonly DirectoryPerson[]> {
    const { rows } = await this.#pool.query<PersonRow>('SELECT * FROM directory.people($1)', [pseudonyms ?? null]);
    return rows.map(({ pseudonym, kind, name, email, leaves_on: leavesOn, aliases }) => ({
      pseudonym,
      kind,
      name,
      ...(email !== null && { email }),
      ...(leavesOn !== null && { leavesOn }),
      aliases,
    }));
  }

  /** Where these people get mail, as far as that is known; for `notification` alone to ask. Never kept, so that an erasure counts at once. */
  async addresses(pseudonyms: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.#pool.query<{ pseudonym: string; address: string | null }>(
      'SELECT * FROM directory.addresses($1)',
      [pseudonyms],
    );
    return new Map(rows.flatMap(({ pseudonym, address }) => (address === null ? [] : [[pseudonym, address]])));
  }

  /** Whom a pseudonym or an alias means; undefined for nobody, whom it does not make. For `audit` alone. */
  async subject(reference: string): Promise<Subject | undefined> {
    type Found = Readonly<{ pseudonym: string; also_known_as: readonly string[] }>;
    const { rows } = await this.#pool.query<Found>('SELECT * FROM directory.subject($1)', [reference]);
    return rows[0] && { person: rows[0].pseudonym, alsoKnownAs: rows[0].also_known_as };
  }

  /**
   * Drops everything that says who somebody is, and what opens sealed text about him. Until `linkUntil` (RFC 3339) `lookUp`
   * still knows. Answers what is gone by now; once or many times: the same. For `catalog` alone.
   */
  async erasePerson(pseudonym: string, linkUntil?: string): Promise<readonly string[]> {
    const { rows } = await this.#pool.query<{ dropped: string[] }>('SELECT directory.erase_person($1, $2) AS dropped', [
      pseudonym,
      linkUntil ?? null,
    ]);
    this.#forget(pseudonym);
    return rows[0]?.dropped ?? [];
  }

  /** Who an erased pseudonym was; undefined when nobody can know any more. Record who asked first. For `audit` alone. */
  async lookUp(pseudonym: string): Promise<RetainedPerson | undefined> {
    type Found = Readonly<{ name: string | null; email: string | null; aliases: readonly string[] }>;
    const { rows } = await this.#pool.query<Found>('SELECT * FROM directory.look_up($1)', [pseudonym]);
    const [found] = rows;
    if (!found) return undefined;
    const { name, email, aliases: accounts } = found;
    return { ...(name !== null && { name }), ...(email !== null && { email }), accounts };
  }

  /** Drops a person, or what opens the sealed text of a record. Not to be undone. */
  async erase(subject: string): Promise<void> {
    await this.#pool.query('SELECT directory.erase($1)', [subject]);
    this.#forget(subject);
  }

  #forget(pseudonym: string): void {
    for (const [alias, known] of this.#cache) if (known === pseudonym) this.#cache.delete(alias);
  }
}
