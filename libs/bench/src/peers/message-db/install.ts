import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { withClient } from '../../stage.ts';

/** What `install.sh` runs, in its order. The script itself needs psql, which is not everywhere. */
const SCRIPTS = [
  'install.sh',
  'install-functions.sh',
  'install-indexes.sh',
  'install-views.sh',
  'install-privileges.sh',
];

const directory = join(
  dirname(createRequire(import.meta.url).resolve('@eventide/message-db/package.json')),
  'database',
);

/** Makes message-db's schema, functions, indexes, views and its role in a database. */
export const prepareMessageDb = async (url: string): Promise<void> => {
  const scripts = await Promise.all(SCRIPTS.map(script => readFile(join(directory, script), 'utf8')));
  const files = scripts.flatMap(script => [...script.matchAll(/\$base\/(\S+\.sql)/g)].map(([, file = '']) => file));
  await withClient(url, async client => {
    for (const file of files) await client.query(await readFile(join(directory, file), 'utf8'));
  });
};

/** As its documentation asks: its own role, with its schema in the search path. */
export const asMessageStore = (database: string): string => {
  const url = new URL(database);
  url.username = 'message_store';
  url.searchParams.set('options', '-c search_path=message_store,public');
  return url.href;
};
