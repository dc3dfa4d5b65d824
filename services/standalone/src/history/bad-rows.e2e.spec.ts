import { BAD_CHANGES, BAD_INCIDENTS, BAD_LINES, BAD_RECORDS, MAPPING, TABLE_HEAD } from './bad-rows.example.ts';
import { A_MINUTE, type History, linesOf, startHistory } from './history.example.ts';

type Reject = Readonly<{ row: number; code: string; detail: string; errors?: readonly object[]; record?: object }>;

let history: History;

beforeAll(async () => {
  history = await startHistory();
}, 3 * A_MINUTE);
afterAll(() => history?.stop());

const explained = (rejects: readonly Reject[]): void => {
  for (const { code, detail, errors } of rejects) {
    expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(detail.length).toBeGreaterThan(20);
    if (code === 'invalid-fields') expect(errors?.length).toBeGreaterThan(0);
  }
};

describe('a file with bad rows of every kind', () => {
  test(
    'a table: the good ones come in, each bad one is explained',
    async () => {
      const mapping = await history.fileOf('columns.yaml', MAPPING);
      const bytes = BAD_LINES.flatMap(({ line }) => [
        typeof line === 'string' ? Buffer.from(line) : line,
        Buffer.from('\n'),
      ]);
      const table = await history.fileOf('bad.csv', Buffer.concat([Buffer.from(`${TABLE_HEAD}\n`), ...bytes]));
      const { exitCode, said } = await history.importing('deployments', table, '--mapping', mapping);
      const bad = BAD_LINES.flatMap(({ code }, nth) => (code === undefined ? [] : [[nth + 1, code]]));
      const rejects = await linesOf<Reject>(`${table}.rejects.jsonl`);
      expect(rejects.map(({ row, code }) => [row, code])).toEqual(bad);
      expect(bad.length).toBeGreaterThanOrEqual(20);
      explained(rejects);
      expect(exitCode).toBe(1);
      expect(said).toMatchObject({ rows: BAD_LINES.length, imported: BAD_LINES.length - bad.length, contradictory: 1 });
      expect(await linesOf(`${table}.contradictions.jsonl`)).toMatchObject([
        { contradictions: ['finished-before-started'], record: { key: 'backwards' } },
      ]);
      await history.caughtUp();
      const { items } = (await history.get('deployments/imported?system=jenkins&pageSize=200')) as {
        items: readonly { key: string }[];
      };
      const good = BAD_LINES.flatMap(({ line, code }) => (code === undefined ? [String(line).split(',')[0]] : []));
      expect(new Set(items.map(({ key }) => key))).toEqual(new Set(good));
    },
    A_MINUTE,
  );

  test.each([
    ['deployments', BAD_RECORDS],
    ['incidents', BAD_INCIDENTS],
    ['changes', BAD_CHANGES],
  ] as const)(
    '%s, one a line',
    async (kind, rows) => {
      const text = rows.map(([line]) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
      const file = await history.fileOf(`bad-${kind}.jsonl`, text);
      const { said } = await history.importing(kind, file, '--system', 'bad');
      const bad = rows.flatMap(([, code], nth) => (code === undefined ? [] : [[nth + 1, code]]));
      const rejects = await linesOf<Reject>(`${file}.rejects.jsonl`);
      expect(rejects.map(({ row, code }) => [row, code])).toEqual(bad);
      explained(rejects);
      expect(said).toMatchObject({ rows: rows.length, imported: rows.length - bad.length, refused: bad.length });
    },
    A_MINUTE,
  );
});
