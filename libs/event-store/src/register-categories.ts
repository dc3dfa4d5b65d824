import { categories } from '@slipway/contracts';
import pg from 'pg';
import { roleOf } from './roles.ts';

/** Who alone appends to what, and the number sequences, out of the contracts. Throws when a category changed hands. */
export const registerCategories = async (client: pg.ClientBase, all = categories): Promise<void> => {
  for (const { name, context, prefix } of all) {
    const owner = roleOf(context);
    await client.query('INSERT INTO store.categories (category, owner) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      name,
      owner,
    ]);
    const { rows } = await client.query<{ owner: string }>('SELECT owner FROM store.categories WHERE category = $1', [
      name,
    ]);
    if (rows[0]?.owner !== owner)
      throw new Error(`${name} belongs to ${rows[0]?.owner}: moving it to ${owner} takes a migration`);
    if (prefix) await client.query(`CREATE SEQUENCE IF NOT EXISTS store.${sequenceOf(prefix)}`);
  }
};

// store.number finds it by this name.
const sequenceOf = (prefix: string): string => pg.escapeIdentifier(`numbers_${prefix.toLowerCase()}`);
