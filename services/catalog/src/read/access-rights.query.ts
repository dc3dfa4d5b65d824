import type { DataSource } from 'typeorm';
import type { HeldKey } from './access-rights.ts';
import { type Grant, type GrantFilter, listGrants } from './role-grants.query.ts';

/** More are not told at once: ask for one role or one person. */
export const MOST_RIGHTS = 10_000;

type KeyRow = Readonly<{
  kid: string;
  person: string;
  label: string;
  valid_from: Date;
  valid_to: Date;
  added_by: string;
  added_at: Date;
  is_last: boolean;
}>;

const KEYS = `
  SELECT kid, person, label, valid_from, valid_to, added_by, added_at, NOT EXISTS (
    SELECT FROM account_keys_v1 AS next
    WHERE next.person = held.person AND next.valid_from <= held.valid_to AND next.valid_to > held.valid_to
      AND next.added_at <= $1 AND (next.revoked_at IS NULL OR next.revoked_at > $1)) AS is_last
  FROM account_keys_v1 AS held
  WHERE valid_from <= $1 AND valid_to > $1 AND (revoked_at IS NULL OR revoked_at > $1)
    AND ($2::text IS NULL OR person = $2)
  ORDER BY person, added_at, kid
  LIMIT $3`;

const PEOPLE = `
  SELECT pseudonym FROM people_v1
  WHERE registered_at <= $1 AND ($2::text IS NULL OR pseudonym = $2)
  ORDER BY pseudonym
  LIMIT $3`;

export type RightsFilter = Required<Pick<GrantFilter, 'at'>> & Pick<GrantFilter, 'person' | 'role'>;
export type RightsHeld = Readonly<{
  grants: readonly Grant[];
  keys: readonly HeldKey[];
  people: readonly string[];
  lastUses: ReadonlyMap<string, string>;
}>;

/** What was held at an instant, of each kind one more than `MOST_RIGHTS` at most. Of one role: its grants only. */
export const rightsHeld = async (source: DataSource, filter: RightsFilter): Promise<RightsHeld> => {
  const { at, person = null, role } = filter;
  const limit = MOST_RIGHTS + 1;
  const grants = (await listGrants(source, filter, { limit })).map(({ item }) => item);
  const lastUses = await lastUsesOf(source, grants);
  if (role !== undefined) return { grants, keys: [], people: [], lastUses };
  const keys = await source.query<readonly KeyRow[]>(KEYS, [at, person, limit]);
  const people = await source.query<readonly { pseudonym: string }[]>(PEOPLE, [at, person, limit]);
  return { grants, keys: keys.map(keyOf), people: people.map(({ pseudonym }) => pseudonym), lastUses };
};

const lastUsesOf = async (source: DataSource, grants: readonly Grant[]): Promise<ReadonlyMap<string, string>> => {
  const ids = grants.map(({ id }) => id);
  const uses = await source.query<readonly { id: string; used_at: Date }[]>(
    'SELECT id, used_at FROM grant_uses_v1 WHERE id = ANY ($1)',
    [ids],
  );
  return new Map(uses.map(({ id, used_at: usedAt }) => [id, usedAt.toISOString()]));
};

const keyOf = (row: KeyRow): HeldKey => ({
  kid: row.kid,
  person: row.person,
  label: row.label,
  from: row.valid_from.toISOString(),
  to: row.valid_to.toISOString(),
  addedBy: row.added_by,
  addedAt: row.added_at.toISOString(),
  isLast: row.is_last,
});
