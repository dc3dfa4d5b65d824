import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asked, type Peer, peer, type Reply, slipway } from './peer.example.ts';
import { commandsUnder, programOf } from './program.ts';
import { Session } from './session.ts';

let answer: (asked: Asked) => Reply | undefined;
let server: Peer;
let directory: string;

beforeAll(async () => {
  server = await peer(asked => answer(asked));
  directory = await mkdtemp(join(tmpdir(), 'slipway-cli-'));
});
afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

const last = (): Asked | undefined => server.asked.at(-1);
const refusal = (status: number, code: string) => () => ({
  status,
  body: { status, code, detail: `It says ${code}.` },
});
const fileOf = async (text: string): Promise<string> => {
  const file = join(directory, 'catalog.yaml');
  await writeFile(file, text);
  return file;
};

test('a token is asked of the local issuer and printed alone', async () => {
  answer = () => ({ body: { token: 'a.b.c' } });
  const words = ['token', '--as', 'rita@example.org', '--role', 'release-manager', '--role', 'viewer'];
  expect(await server.slipway(...words)).toEqual({ exitCode: 0, out: 'a.b.c\n', err: '' });
  expect(last()).toMatchObject({ method: 'POST', path: '/local-issuer/token' });
  expect(JSON.parse(last()?.body ?? '')).toEqual({ as: 'rita@example.org', roles: ['release-manager', 'viewer'] });
  expect((await server.slipway('--json', ...words)).out).toBe('{\n  "token": "a.b.c"\n}\n');
});

test('a token needs no role: then only what was granted counts', async () => {
  answer = () => ({ body: { token: 'a.b.c' } });
  expect(await server.slipway('token', '--as', 'rita@example.org')).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(last()?.body ?? '')).toEqual({ as: 'rita@example.org', roles: [] });
});

test('where there is no local issuer, that is said', async () => {
  answer = refusal(404, 'not-found');
  expect(await server.slipway('token', '--as', 'rita@example.org')).toEqual({
    exitCode: 1,
    out: '',
    err: 'slipway: This Slipway takes the tokens of your own issuer: get one there. (no-local-issuer)\n',
  });
});

test('the address and the token come from the options, else from the environment', async () => {
  answer = () => ({ body: { items: [] } });
  const env = { SLIPWAY_URL: 'http://127.0.0.1:1', SLIPWAY_TOKEN: 'from-env' };
  expect((await slipway(env, 'release', 'list', '--url', `${server.url}/`)).exitCode).toBe(0);
  expect(last()?.headers.authorization).toBe('Bearer from-env');
  await slipway(env, '--url', server.url, '--token', 'given', 'release', 'list');
  expect(last()?.headers.authorization).toBe('Bearer given');
});

test('a list is read page by page, with its filters, up to the limit', async () => {
  answer = ({ path }) => {
    const { pathname, searchParams } = new URL(path, server.url);
    if (pathname !== '/v1/releases') return { body: { items: [] } };
    const page = Number(searchParams.get('pageToken') ?? 0);
    return {
      body: { items: [{ number: `REL-${page + 1}`, title: 'T', state: 'Draft' }], nextPageToken: String(page + 1) },
    };
  };
  const { out } = await server.slipway('release', 'list', '--state', 'Draft', '--limit', '3');
  expect(out).toBe('NUMBER  TITLE  STATE\nREL-1   T      Draft\nREL-2   T      Draft\nREL-3   T      Draft\n');
  const asked = server.asked.filter(({ path }) => path.startsWith('/v1/releases?')).at(-1);
  expect(asked?.path).toBe('/v1/releases?state=Draft&pageSize=1&pageToken=2');
});

test('people see names where they may, machines get ids', async () => {
  const pseudonym = 'person-00000000-0000-4000-8000-000000000001';
  answer = ({ path }) => {
    if (path.startsWith('/v1/deployments/')) return { body: { id: 'd', serviceId: 's-1', by: pseudonym } };
    if (path.startsWith('/v1/services')) return { body: { items: [{ id: 's-1', name: 'checkout' }] } };
    if (path.startsWith('/v1/people')) return { body: { items: [{ pseudonym, name: 'Ann' }] } };
    return refusal(403, 'not-permitted')();
  };
  expect((await server.slipway('deployment', 'show', 'DEP-1')).out).toBe('id: d\nserviceId: checkout\nby: Ann\n');
  expect(JSON.parse((await server.slipway('deployment', 'show', 'DEP-1', '--json')).out)).toEqual({
    id: 'd',
    serviceId: 's-1',
    by: pseudonym,
  });
});

test('without names the answer is shown all the same', async () => {
  answer = ({ path }) =>
    path.startsWith('/v1/changes/') ? { body: { id: 'c', serviceId: 's-1' } } : refusal(503, 'away')();
  expect(await server.slipway('change', 'show', 'CHG-1')).toMatchObject({
    exitCode: 0,
    out: 'id: c\nserviceId: s-1\n',
  });
});

test('an id cannot leave its path', async () => {
  answer = () => ({ body: { id: 'x' } });
  await server.slipway('incident', 'show', '../people?x=1', '--json');
  expect(last()?.path).toBe('/v1/incidents/..%2Fpeople%3Fx%3D1');
});

test('what Slipway refuses is told with its code and its fields on stderr, exit 1', async () => {
  const errors = [{ pointer: '/services/0/name', detail: 'name must be short' }];
  answer = () => ({
    status: 400,
    body: { status: 400, code: 'invalid-fields', detail: 'Some fields are wrong.', errors },
  });
  expect(await server.slipway('apply', '-f', await fileOf('services: [{ name: x }]'))).toEqual({
    exitCode: 1,
    out: '',
    err: 'slipway: Some fields are wrong. (invalid-fields)\n  /services/0/name: name must be short\n',
  });
});

test('a file is sent as JSON, and the difference is shown', async () => {
  const records = [{ record: 'service', name: 'cart', outcome: 'added', fields: [] }];
  answer = () => ({ body: { dryRun: true, records } });
  const file = await fileOf('services:\n  - &cart { name: cart, from: 2026-03-01T00:00:00Z }\n  - *cart\n');
  const { exitCode, out } = await server.slipway('apply', '-f', file, '--dry-run');
  expect([exitCode, out]).toEqual([0, '+ service cart\n1 added, 0 unchanged (dry run: nothing was written)\n']);
  expect(last()?.path).toBe('/v1/catalog/import?dryRun=true');
  const cart = { name: 'cart', from: '2026-03-01T00:00:00Z' };
  expect(JSON.parse(last()?.body ?? '')).toEqual({ services: [cart, cart] });
});

test('a folder is one document, in the order of its files, Backstage among them', async () => {
  const folder = await mkdtemp(join(directory, 'folder-'));
  await mkdir(join(folder, 'shop'));
  await writeFile(join(folder, 'a.yaml'), 'services: [{ name: a }]\n---\n---\nteams: [{ name: t }]\n');
  await writeFile(join(folder, 'notes.md'), 'services: no');
  await writeFile(join(folder, 'shop', 'b.json'), '{ "services": [{ "name": "b" }] }');
  await writeFile(
    join(folder, 'shop', 'catalog-info.yml'),
    'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: x }\n',
  );
  answer = () => ({ body: { dryRun: false, records: [], cycles: [['a', 'b']] } });
  const { exitCode, err } = await server.slipway('apply', '-f', folder, '--prune', '--reason', 'moved');
  expect(JSON.parse(last()?.body ?? '')).toEqual({
    services: [{ name: 'a' }, { name: 'b' }],
    teams: [{ name: 't' }],
    reason: 'moved',
  });
  expect(last()?.path).toBe('/v1/catalog/import?dryRun=false&prune=true');
  expect([exitCode, err]).toEqual([
    0,
    'API x is left out: the catalog has no such kind.\nThese depend on each other in a circle: a -> b -> a\n',
  ]);
});

test('a CSV is a list of people', async () => {
  const file = join(directory, 'people.csv');
  await writeFile(file, 'name,email\nAnn,ann@example.org\n');
  const records = [{ record: 'person', name: 'Ann', outcome: 'added', fields: [] }];
  answer = () => ({ body: { dryRun: true, records } });
  const { exitCode, out } = await server.slipway('apply', '-f', file, '--dry-run');
  expect([exitCode, out]).toEqual([0, '+ person Ann\n1 added, 0 unchanged (dry run: nothing was written)\n']);
  expect(last()?.path).toBe('/v1/people/import?dryRun=true');
  expect(JSON.parse(last()?.body ?? '')).toEqual({ csv: 'name,email\nAnn,ann@example.org\n' });
  expect(await server.slipway('apply', '-f', file, '--prune')).toMatchObject({ exitCode: 2 });
});

test('the catalog is printed as YAML that can be applied, or as JSON', async () => {
  const document = { services: [{ name: 'a', title: 'A: first' }], teams: [] };
  answer = () => ({ body: document });
  const { out } = await server.slipway('export');
  expect(out).toBe('services:\n  - name: a\n    title: "A: first"\nteams: []\n');
  expect(last()?.path).toBe('/v1/catalog/export');
  expect(JSON.parse((await server.slipway('export', '--json')).out)).toEqual(document);
});

test('a record that was refused makes the exit 1', async () => {
  const records = [
    { record: 'service', name: 'a', outcome: 'refused', fields: [], code: 'depends-on-itself', detail: 'No.' },
  ];
  answer = () => ({ body: { dryRun: false, records } });
  const ran = await server.slipway('apply', '-f', await fileOf('services: []'));
  expect(ran).toMatchObject({ exitCode: 1, out: expect.stringContaining('No. (depends-on-itself)') });
});

test.each([
  ['no command', []],
  ['an unknown command', ['deploy']],
  ['an unknown option', ['release', 'list', '--colour']],
  ['a missing option', ['token', '--role', 'viewer']],
  ['a description of nothing', ['release', 'describe', 'REL-1']],
  ['a reference that is none', ['release', 'describe', 'REL-1', '--ref', 'SHOP-300']],
  ['a note to no code', ['change', 'close', 'CHG-1', '--note', 'n']],
  ['a missing argument', ['trail']],
  ['a limit that is none', ['release', 'list', '--limit', 'many']],
  ['an address that is none', ['--url', 'nowhere', 'release', 'list']],
  ['a file that is not there', ['apply', '-f', '/no/such/file']],
  ['a reason for nothing', ['apply', '-f', '-', '--reason', 'x']],
  ['an enforced what-if', ['gate', '--service', 's', '--environment', 'e', '--digest', 'd', '--at', 'x', '--enforce']],
])('%s is wrong usage: exit 2, told on stderr', async (_name, words) => {
  const { exitCode, out, err } = await server.slipway(...words);
  expect([exitCode, out]).toEqual([2, '']);
  expect(err).not.toBe('');
});

test.each([
  ['no YAML', 'services: ['],
  ['a list', '- a'],
  ['nothing', '---\n---\n'],
  ['a list that is none', 'services: yes'],
  ['too many aliases', `a: &a [x]\nb: [${Array.from({ length: 200 }, () => '*a').join(',')}]`],
])('a file that holds %s is wrong usage', async (_name, text) => {
  expect(await server.slipway('apply', '-f', await fileOf(text))).toMatchObject({ exitCode: 2 });
});

test('every command and every option says what it is for', () => {
  const unused = { env: {}, out: () => undefined, err: () => undefined, paint: (_: string, text: string) => text };
  const all = commandsUnder(programOf(new Session(unused, () => undefined), unused));
  const silent = all.flatMap(command => [
    ...(command.description() === '' ? [command.name()] : []),
    ...command.options
      .filter(({ description, argChoices }) => ['', 'required'].includes(description) && !argChoices)
      .map(({ flags }) => `${command.parent?.name()} ${command.name()} ${flags}`),
  ]);
  expect(silent).toEqual([]);
  expect(all.length).toBeGreaterThan(100);
});

test('help is no failure', async () => {
  const { exitCode, out, err } = await server.slipway('gate', '--help');
  expect([exitCode, err]).toEqual([0, '']);
  expect(out.replaceAll(/\s+/g, ' ')).toContain('Exit code 0: allow, 3: deny, 4: cannot tell');
});

test('a trail is shown in log order, whole', async () => {
  const items = [
    {
      position: 1,
      occurredAt: '2026-03-02T09:00:00.000Z',
      actor: 'person-x',
      type: 'ReleaseDrafted',
      number: 'REL-1',
    },
    {
      position: 4,
      occurredAt: '2026-03-02T09:00:01.000Z',
      actor: 'process-follow-release',
      onBehalfOf: 'person-x',
      type: 'ServiceUpdated',
      stream: 'service-1',
    },
  ];
  const record = { stream: 'release-1', number: 'REL-1' };
  answer = ({ path }) => {
    if (path.startsWith('/v1/services')) return { body: { items: [{ id: '1', name: 'cart' }] } };
    if (!path.startsWith('/v1/audit/trail/REL-1')) return { body: { items: [] } };
    return {
      body: path.includes('pageToken=2')
        ? { items: items.slice(1) }
        : { record, items: items.slice(0, 1), nextPageToken: '2' },
    };
  };
  expect((await server.slipway('trail', 'REL-1')).out).toBe(
    [
      'POSITION  HAPPENED              WHO       WHAT            RECORD        BY ITSELF',
      '1         2026-03-02T09:00:00Z  person-x  ReleaseDrafted  REL-1',
      '4         2026-03-02T09:00:01Z  person-x  ServiceUpdated  service cart  follow-release',
      '',
    ].join('\n'),
  );
  expect(JSON.parse((await server.slipway('trail', 'REL-1', '--json')).out)).toEqual({ record, items });
});

test('a trail as CSV is one file, however many pages it came in', async () => {
  answer = ({ path }) =>
    path.endsWith('&page=2')
      ? { body: 'position,type\r\n2,ReleaseReady\r\n' }
      : {
          body: 'position,type\r\n1,ReleaseDrafted\r\n',
          link: '</v1/audit/trail/REL-1?format=csv&page=2>; rel="next"',
        };
  const { out } = await server.slipway('trail', 'REL-1', '--csv');
  expect(out).toBe('position,type\r\n1,ReleaseDrafted\r\n2,ReleaseReady\r\n');
});

test('deployments are filtered by what they are under', async () => {
  answer = () => ({ body: { items: [] } });
  await server.slipway('deployment', 'list', '--release', 'REL-1', '--change', 'CHG-1', '--json');
  expect(last()?.path).toBe('/v1/deployments?release=REL-1&change=CHG-1&pageSize=50');
});
