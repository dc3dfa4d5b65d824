import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asked, type Peer, peer, type Reply } from '../peer.example.ts';

let answer: (asked: Asked) => Reply | undefined;
let server: Peer;
let directory: string;

beforeAll(async () => {
  server = await peer(asked => answer(asked));
});
afterAll(() => server.close());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-import-'));
  answer = accepting;
});
afterEach(() => rm(directory, { recursive: true }));

const fileOf = async (name: string, text: string): Promise<string> => {
  const file = join(directory, name);
  await writeFile(file, text);
  return file;
};
const rowsIn = ({ body }: Asked) => body.split('\n').map(line => JSON.parse(line) as Record<string, unknown>);
/** Imports all but what nobody knows. */
const accepting = (asked: Asked): Reply => ({
  body: {
    rows: rowsIn(asked).map(({ service }, nth) => ({
      row: nth + 1,
      ...(service === 'nobody'
        ? { outcome: 'refused', code: 'unknown-service', detail: 'There is no service nobody.' }
        : { outcome: 'imported' }),
    })),
  },
});
const asked = () => server.asked.filter(({ path }) => path.startsWith('/v1/deployments/import'));
const importing = (file: string, ...more: string[]) => server.slipway('import', 'deployments', file, ...more);
const rejectsIn = async (file: string) =>
  (await readFile(`${file}.rejects.jsonl`, 'utf8'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { row: number; code: string; detail: string });

const MAPPING = `
system: jenkins
timeZone: Europe/Berlin
fields:
  key: Build
  service: Application
  environment: { value: production }
  startedAt: { column: Start, format: dd.MM.yyyy HH:mm }
  finishedAt: { column: End, timeZone: UTC }
  outcome: { column: Result, words: { OK: succeeded, KO: failed } }
  tookTraffic: Traffic
`;

test('a table is read by its mapping', async () => {
  const mapping = await fileOf('columns.yaml', MAPPING);
  const table = await fileOf(
    'builds.csv',
    'Build,Application,Start,End,Result,Traffic\n7,checkout,02.03.2025 20:00,2025-03-02 19:10:00,OK,yes\n',
  );
  const { exitCode, out } = await importing(table, '--mapping', mapping);
  expect([exitCode, out]).toEqual([0, expect.stringContaining('1 rows: 1 imported')]);
  const last = asked().at(-1) as Asked;
  expect(new URL(last.path, server.url).searchParams.get('system')).toBe('jenkins');
  expect(rowsIn(last)).toEqual([
    {
      key: '7',
      service: 'checkout',
      environment: 'production',
      startedAt: '2025-03-02T19:00:00Z',
      finishedAt: '2025-03-02T19:10:00Z',
      outcome: 'succeeded',
      tookTraffic: true,
    },
  ]);
  expect(await readdir(directory)).toEqual(['builds.csv', 'columns.yaml']);
});

test('each bad row is explained beside its record, and the good ones come in', async () => {
  const mapping = await fileOf('columns.yaml', MAPPING);
  const rows = [
    '1,checkout,02.03.2025 20:00,2025-03-02 19:10:00,OK,yes',
    '2,checkout,2025-03-02,2025-03-02 19:10:00,OK,yes',
    '3,checkout,31.02.2025 20:00,2025-03-02 19:10:00,OK,yes',
    '4,checkout,30.03.2025 02:30,2025-03-02 19:10:00,OK,yes',
    '5,checkout,02.03.2025 20:00,2025-03-02 19:10:00,MAYBE,yes',
    '6,checkout,02.03.2025 20:00,2025-03-02 19:10:00,OK,perhaps',
    '7,checkout,02.03.2025 20:00',
    ',checkout,02.03.2025 20:00,2025-03-02 19:10:00,OK,yes',
    '9,nobody,02.03.2025 20:00,2025-03-02 19:10:00,OK,yes',
    '10,checkout,02.03.2025 20:00,2025-03-02 19:10:00,KO,',
  ];
  const table = await fileOf('builds.csv', `Build,Application,Start,End,Result,Traffic\n${rows.join('\n')}`);
  const { exitCode, out } = await importing(table, '--mapping', mapping);
  expect([exitCode, out]).toEqual([
    1,
    expect.stringContaining('10 rows: 2 imported, 0 known already, 0 corrected, 8 refused.'),
  ]);
  expect((await rejectsIn(table)).map(({ row, code }) => [row, code])).toEqual([
    [2, 'unreadable-time'],
    [3, 'no-such-time'],
    [4, 'no-such-time'],
    [5, 'unknown-word'],
    [6, 'unknown-word'],
    [7, 'wrong-number-of-fields'],
    [8, 'field-missing'],
    [9, 'unknown-service'],
  ]);
});

test('a time without a zone is refused unless the mapping names one', async () => {
  const mapping = await fileOf('columns.yaml', MAPPING.replace('timeZone: Europe/Berlin\n', ''));
  const table = await fileOf(
    'builds.csv',
    'Build,Application,Start,End,Result,Traffic\n7,checkout,02.03.2025 20:00,2025-03-02 19:10:00,OK,yes\n',
  );
  await importing(table, '--mapping', mapping);
  expect(await rejectsIn(table)).toMatchObject([{ row: 1, code: 'time-without-zone' }]);
});

const many = (count: number): string =>
  Array.from({ length: count }, (_, nth) =>
    JSON.stringify({ key: String(nth), service: nth % 700 ? 'checkout' : 'nobody' }),
  ).join('\n');

test('one that ended in the middle goes on where it was, to the same result', async () => {
  const file = await fileOf('rows.jsonl', many(1_600));
  let requests = 0;
  answer = each => ((requests += 1) <= 2 ? accepting(each) : { status: 409, body: { code: 'stop', detail: 'Stop.' } });
  expect((await importing(file, '--system', 'x')).exitCode).toBe(1);
  expect(await readdir(directory)).toContain('rows.jsonl.import');
  // As if it had been killed after it wrote what was refused, and before it wrote how far it was.
  await writeFile(`${file}.rejects.jsonl`, '{"row":1400,"code":"half written', { flag: 'a' });
  answer = accepting;
  const before = asked().length;
  const { out, err } = await importing(file, '--system', 'x');
  expect(err).toContain('It goes on after row 1000.');
  expect(out).toContain('1600 rows: 1597 imported, 0 known already, 0 corrected, 3 refused.');
  expect(asked().slice(before).flatMap(rowsIn)).toHaveLength(600);
  expect((await rejectsIn(file)).map(({ row }) => row)).toEqual([1, 701, 1401]);
  const batches = new Set(
    asked()
      .slice(-4)
      .map(({ path }) => new URL(path, server.url).searchParams.get('batch')),
  );
  expect(batches.size).toBe(1);
  expect(await readdir(directory)).not.toContain('rows.jsonl.import');
});

test('another file of the same name is begun anew', async () => {
  const file = await fileOf('rows.jsonl', many(600));
  answer = () => ({ status: 409, body: { code: 'stop', detail: 'Stop.' } });
  await importing(file, '--system', 'x');
  await writeFile(file, many(601));
  answer = accepting;
  expect((await importing(file, '--system', 'x')).out).toContain('601 rows');
});

test('when Slipway is busy the same rows are sent again', async () => {
  const file = await fileOf('rows.jsonl', many(3));
  let requests = 0;
  answer = each =>
    (requests += 1) === 1 ? { status: 503, body: { code: 'overloaded', detail: 'Too much waits.' } } : accepting(each);
  expect((await importing(file, '--system', 'x')).out).toContain('3 rows: 2 imported');
  expect(asked().at(-1)?.body).toBe(asked().at(-2)?.body);
});

test('a dry run asks for one, and machines are told in JSON', async () => {
  const file = await fileOf('rows.jsonl', many(2));
  const { out, err } = await server.slipway('--json', 'import', 'deployments', file, '--system', 'x', '--dry-run');
  expect(new URL(asked().at(-1)?.path ?? '', server.url).searchParams.get('dryRun')).toBe('true');
  expect(JSON.parse(out)).toMatchObject({ rows: 2, imported: 1, refused: 1, dryRun: true });
  expect(JSON.parse(err.trim().split('\n').at(-1) ?? '')).toMatchObject({ rows: 2, percent: 100 });
});

test('an export is known by its looks, and what it does not say is given', async () => {
  const file = await fileOf(
    'export.json',
    JSON.stringify([{ id: 9, entry_id: 'x', title: 'Slow', started_at: '2025-03-02T20:00:00Z' }]),
  );
  answer = () => ({ body: { rows: [{ row: 1, outcome: 'imported' }] } });
  await server.slipway('import', 'incidents', file, '--set', 'services=checkout, cart');
  const last = server.asked.at(-1) as Asked;
  expect(last.path).toContain('system=statuspage');
  expect(rowsIn(last)).toMatchObject([{ key: '9', services: ['checkout', 'cart'] }]);
});

test('candidates are looked for again, some at a time', async () => {
  answer = ({ body }) => ({ body: { looked: 100, proposed: 1, ...(body === '{}' && { next: 'i100' }) } });
  expect((await server.slipway('import', 'correlate')).out).toBe(
    '200 incidents: 2 have other candidates than before.\n',
  );
  expect(server.asked.at(-1)?.body).toBe('{"after":"i100"}');
});

test.each([
  ['builds.csv', [], 'A table needs a mapping'],
  ['rows.jsonl', [], 'Name the tool'],
  ['rows.jsonl', ['--set', 'x'], '--set takes field=value'],
])('%s %j is wrong usage', async (name, more, why) => {
  const { exitCode, err } = await importing(await fileOf(name, '{}'), ...more);
  expect([exitCode, err]).toEqual([2, expect.stringContaining(why)]);
});

test.each([
  ['fields: { key: { column: a, value: b } }', 'either a column or a value'],
  ['fields: { key: { colum: a } }', 'says colum'],
  ['timezone: UTC\nfields: {}', 'says timezone'],
  ['timeZone: Mars/Base\nfields: {}', 'is no time zone'],
  ['system: x', 'has no fields'],
])('the mapping %j is refused', async (text, why) => {
  const mapping = await fileOf('columns.yaml', text);
  const { exitCode, err } = await importing(await fileOf('builds.csv', 'a\n1'), '--mapping', mapping);
  expect([exitCode, err]).toEqual([2, expect.stringContaining(why)]);
});
