import { testDatabase, type TestDatabase } from '@slipway/testing';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { recordList, wordsIn } from './record-list.ts';

@Entity({ name: 'notes' })
class NoteRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'timestamptz', name: 'written_at' }) writtenAt!: Date;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text', array: true }) labels!: string[];
}

// More rows than are looked through first, and more of what is old than is sorted. Three share an instant.
const ROWS = 45_000;
const FILL = `
  INSERT INTO notes
  SELECT 'note-' || lpad((nth * 7919 % ${ROWS})::text, 5, '0'), timestamptz '2026-01-01' + (nth / 3) * interval '1 minute',
    CASE WHEN nth % 9000 = 1 THEN 'unusual matter' ELSE 'usual matter' END,
    array_remove(ARRAY[
      CASE WHEN nth % 3 = 0 THEN 'common' END,
      CASE WHEN nth % 9000 = 1 THEN 'rare' END,
      CASE WHEN nth < 22000 THEN 'old' END,
      CASE WHEN nth BETWEEN 20000 AND 20299 THEN 'middle' END,
      CASE WHEN nth >= ${ROWS} - 30 THEN 'new' END], NULL)
  FROM generate_series(0, ${ROWS - 1}) AS nth`;

const notes = recordList<NoteRow, { q?: string; label?: string }>({
  entity: NoteRow,
  at: 'writtenAt',
  conditions: { q: wordsIn('list.title'), label: 'list.labels @> ARRAY[:label]' },
  places: `SELECT '*', '*'`,
  item: ({ id }) => ({ id }),
});

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await testDatabase(
    `CREATE TABLE notes (id text COLLATE "C" PRIMARY KEY, written_at timestamptz NOT NULL, title text NOT NULL, labels text[] NOT NULL)`,
    FILL,
    'CREATE INDEX notes_newest ON notes (written_at, id)',
    'CREATE INDEX notes_by_label ON notes USING gin (labels)',
    `CREATE INDEX notes_by_word ON notes USING gin (to_tsvector('simple', translate(title, '/', ' ')))`,
    'ANALYZE notes',
  );
  source = await new DataSource({ type: 'postgres', url: database.url, entities: [NoteRow] }).initialize();
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const PAGE = 41;
const MOST_PAGES = 9;

const read = async (filter: { q?: string; label?: string }): Promise<readonly string[]> => {
  const ids: string[] = [];
  let after: readonly string[] | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const rows = await notes.page(source, filter, { limit: PAGE, ...(after && { after }) });
    ids.push(...rows.map(({ item }) => (item as { id: string }).id));
    after = rows.at(-1)?.cursor;
    if (rows.length < PAGE) break;
  }
  return ids;
};

const expected = async (condition: string): Promise<readonly string[]> => {
  const rows = await source.query<readonly { id: string }[]>(
    `SELECT id FROM notes WHERE ${condition} ORDER BY written_at DESC, id DESC LIMIT ${PAGE * MOST_PAGES}`,
  );
  return rows.map(({ id }) => id);
};

test.each([
  ['everything', {}, 'true', 369],
  ['a common label', { label: 'common' }, `'common' = ANY (labels)`, 369],
  ['a rare label', { label: 'rare' }, `'rare' = ANY (labels)`, 5],
  ['a rare word', { q: 'unus' }, `title LIKE 'unusual%'`, 5],
  ['a common word', { q: 'matter' }, 'true', 369],
  ['what is new, and ends on the first page', { label: 'new' }, `'new' = ANY (labels)`, 30],
  ['what is far from the newest', { label: 'middle' }, `'middle' = ANY (labels)`, 300],
  ['what is far, and more than is sorted', { label: 'old' }, `'old' = ANY (labels)`, 369],
  ['a word and a label', { q: 'unusual', label: 'old' }, `title LIKE 'unusual%' AND 'old' = ANY (labels)`, 3],
  ['nothing', { label: 'none' }, 'false', 0],
] as const)('%s: page by page the same as all in order', async (_, filter, condition, count) => {
  const ids = await read(filter);
  expect(ids).toEqual(await expected(condition));
  expect(ids).toHaveLength(count);
});
