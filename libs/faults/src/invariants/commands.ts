import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { LoadCommand } from '../load/command.ts';
import { entriesOf } from '../load/ledger.ts';

export type Counts = Readonly<Record<string, number>>;

type Known = { command: LoadCommand; versions: number[]; refusals: number; contentions: number };

/** What clients were told, against what is stored. */
export const countCommands = async (client: pg.ClientBase, directory: string): Promise<Counts> => {
  const known = await knownTo(directory);
  await client.query('CREATE SCHEMA suite');
  await client.query(ASKED);
  for (let at = 0; at < known.length; at += CHUNK) await keep(client, known.slice(at, at + CHUNK));
  await client.query(PRESENT);
  await client.query('ANALYZE suite.asked, suite.present');
  const { rows } = await client.query<Record<string, string>>(COUNT);
  return {
    ...Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, count]) => [name, Number(count)])),
    answersThatDiffer: Number(rows[0]?.['answersThatDiffer']) + known.filter(hasTwoAnswers).length,
  };
};

/**
 * Asked again under the same key, a client gets the first answer again. `contention` is none: it says to ask again, and
 * whoever does, or has asked at the same time, may have better luck.
 */
const hasTwoAnswers = ({ versions, refusals, contentions }: Known): boolean =>
  new Set(versions).size > 1 || (versions.length > 0 && refusals > contentions);

const knownTo = async (directory: string): Promise<readonly Known[]> => {
  const ledgers = (await readdir(directory)).filter(name => name.endsWith('.ledger'));
  const known = new Map<string, Known>();
  for (const entry of await entriesOf(...ledgers.map(name => join(directory, name)))) {
    if ('asked' in entry) {
      const { asked } = entry;
      if (!known.has(asked.id)) known.set(asked.id, { command: asked, versions: [], refusals: 0, contentions: 0 });
    } else if ('refused' in entry) {
      const answered = known.get(entry.refused);
      if (answered) answered.refusals += 1;
      if (answered && entry.code === 'contention') answered.contentions += 1;
    } else known.get(entry.acknowledged)?.versions.push(entry.version);
  }
  return [...known.values()];
};

const CHUNK = 20_000;

const ASKED = `
  CREATE TABLE suite.asked (
    command text NOT NULL, stream text COLLATE "C" NOT NULL, events int NOT NULL, is_home boolean NOT NULL,
    outcome text NOT NULL, version int
  )`;

const KEEP = `INSERT INTO suite.asked SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::boolean[], $5::text[], $6::int[])`;

const keep = async (client: pg.ClientBase, known: readonly Known[]): Promise<void> => {
  const rows = known.flatMap(each => {
    const { id, home, others = [], events } = each.command;
    return [home, ...others].map(stream => [id, stream, events, stream === home, outcomeOf(each), each.versions[0]]);
  });
  await client.query(
    KEEP,
    [0, 1, 2, 3, 4, 5].map(column => rows.map(row => row[column] ?? null)),
  );
};

const outcomeOf = ({ versions, refusals }: Known): string => {
  if (versions.length > 0) return 'acknowledged';
  return refusals > 0 ? 'refused' : 'unanswered';
};

const PRESENT = `
  CREATE TABLE suite.present AS
  SELECT data->>'command' AS command, stream, count(*)::int AS events, max(version) AS version
  FROM store.events GROUP BY 1, 2`;

const COUNT = `
  SELECT
    count(*) FILTER (WHERE outcome = 'acknowledged' AND coalesce(present.events, 0) < asked.events) AS "acknowledgedButAbsent",
    count(*) FILTER (WHERE outcome = 'refused' AND present.events > 0) AS "refusedButPresent",
    count(*) FILTER (WHERE outcome = 'unanswered') AS "commandsWithoutAnswer",
    count(*) FILTER (WHERE present.events > asked.events) AS "commandsTwice",
    count(*) FILTER (WHERE asked.command IS NULL) AS "eventsNobodyAskedFor",
    count(*) FILTER (WHERE outcome = 'acknowledged' AND is_home AND present.version <> asked.version) AS "answersThatDiffer"
  FROM suite.asked FULL JOIN suite.present USING (command, stream)`;
