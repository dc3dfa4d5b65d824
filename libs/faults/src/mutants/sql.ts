import type pg from 'pg';
import { replaced } from './mutant.ts';

/** Replaces text of functions of the store, in a database of the suite. Each text must stand there exactly once. */
export const inFunction =
  (name: string, ...texts: readonly (readonly [text: string, by: string])[]) =>
  async (client: pg.ClientBase): Promise<void> => {
    const { rows } = await client.query<{ definition: string }>(
      'SELECT pg_get_functiondef($1::regproc) AS definition',
      [name],
    );
    const definition = rows[0]?.definition ?? '';
    await client.query(texts.reduce((source, [text, by]) => replaced(source, { file: name, text, by }), definition));
  };
