import { ENVIRONMENT_NAMES, exported, exportShapes, SERVICE_NAMES } from '@slipway/cli/testing';
import { importedId } from '@slipway/records';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BAD_CHANGES, BAD_INCIDENTS, BAD_LINES, BAD_RECORDS, MAPPING, TABLE_HEAD } from './history-rows.example.ts';
import { type OneProcess, startOneProcess } from './walk/one-process.ts';

// History, brought in by the program itself into the one process that a newcomer starts.

const A_MINUTE = 60_000;

let directory: string;
let running: OneProcess;
let token: string;
let services: Readonly<Record<string, string>>;
let environments: Readonly<Record<string, string>>;

type Json = Readonly<Record<string, unknown>>;
type Reject = Readonly<{ row: number; code: string; detail: string; errors?: readonly object[]; record?: object }>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-history-'));
  running = await startOneProcess({});
  const { out } = await running.line('', ['token', '--as', 'ada@example.org', '--role', 'administrator']);
  token = out.trim();
  await post('teams', { name: 'shop', title: 'Shop' });
  const told = { ownerTeam: 'shop', criticality: 'high' };
  const registered = (name: string, aliases: readonly string[]) =>
    post('services', { name: name.replace('octo/', ''), title: name, aliases, ...told });
  services = Object.fromEntries(
    await Promise.all(SERVICE_NAMES.map(async name => [name, (await registered(name, [name, ...aliasesOf(name)])).id])),
  ) as typeof services;
  environments = Object.fromEntries(
    await Promise.all(
      ENVIRONMENT_NAMES.map(async name => {
        const tier = name === 'production' ? 'production' : 'staging';
        return [name, (await post('environments', { name, title: name, tier, region: 'eu', timeZone: 'UTC' })).id];
      }),
    ),
  ) as typeof environments;
  await running.caughtUp();
}, 3 * A_MINUTE);
afterAll(async () => {
  await running?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Names under which data that others recorded speaks of services. */
const aliasesOf = (name: string): readonly string[] =>
  name === 'octo/checkout' ? ['twin', 'Codertocat/Hello-World', 'root/test-deployment-webhooks'] : ['twin'];

const post = async (path: string, body: object): Promise<{ id: string }> => {
  const response = await fetch(`${running.url}/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as { id: string };
};
const get = async (path: string): Promise<Json> => {
  const response = await fetch(`${running.url}/v1/${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Json;
};

const fileOf = async (name: string, text: string | Uint8Array): Promise<string> => {
  const file = join(directory, name);
  await writeFile(file, text);
  return file;
};
const linesOf = async <Line>(file: string): Promise<readonly Line[]> =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line);
const importing = async (kind: string, file: string, ...more: string[]) => {
  const { exitCode, out, err } = await running.slipway(token, ['--json', 'import', kind, file, ...more]);
  if (!out.startsWith('{')) throw new Error(`${exitCode}: ${err}`);
  return { exitCode, said: JSON.parse(out) as Json };
};
/** What the only event of a record says. */
const factsOf = async (category: string, system: string, key: string): Promise<Json> => {
  const { items } = (await get(`${category}s/${importedId(category, system, key)}/events`)) as {
    items: readonly { type: string; facts: Json }[];
  };
  const imported = items.filter(({ type }) => type.endsWith('Imported'));
  expect(imported).toHaveLength(1);
  return imported[0]?.facts ?? {};
};

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
      const mapping = await fileOf('columns.yaml', MAPPING);
      const bytes = BAD_LINES.flatMap(({ line }) => [
        typeof line === 'string' ? Buffer.from(line) : line,
        Buffer.from('\n'),
      ]);
      const table = await fileOf('bad.csv', Buffer.concat([Buffer.from(`${TABLE_HEAD}\n`), ...bytes]));
      const { exitCode, said } = await importing('deployments', table, '--mapping', mapping);
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
      await running.caughtUp();
      const { items } = (await get('deployments/imported?system=jenkins&pageSize=200')) as {
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
      const file = await fileOf(`bad-${kind}.jsonl`, text);
      const { said } = await importing(kind, file, '--system', 'bad');
      const bad = rows.flatMap(([, code], nth) => (code === undefined ? [] : [[nth + 1, code]]));
      const rejects = await linesOf<Reject>(`${file}.rejects.jsonl`);
      expect(rejects.map(({ row, code }) => [row, code])).toEqual(bad);
      explained(rejects);
      expect(said).toMatchObject({ rows: rows.length, imported: rows.length - bad.length, refused: bad.length });
    },
    A_MINUTE,
  );
});

const RECORDS = 40;
const KNOWN = { kind: 'planned', digests: [], commits: [], major: false, breakGlass: false };

/** A row as it is kept: names as ids, instants with milliseconds. */
const keptFacts = (kind: string, { key, ...row }: Json, system: string): Json => {
  const {
    service,
    environment,
    services: named,
    causes,
    ...said
  } = row as Json & {
    services?: readonly string[];
    causes?: readonly { kind: string; record: { key: string } }[];
  };
  const facts = Object.entries(said).filter(([name]) => name !== 'url');
  return {
    ...Object.fromEntries(
      facts.map(([name, value]) => [name, name.endsWith('At') ? new Date(String(value)).toISOString() : value]),
    ),
    origin: { system, key, batch: expect.any(String) as string, ...('url' in said && { url: said['url'] }) },
    ...(service !== undefined && { serviceId: services[service as string] }),
    ...(environment !== undefined && {
      environmentId: environments[environment as string],
      production: environment === 'production',
    }),
    ...(kind !== 'deployments' && { serviceIds: (named ?? []).map(name => services[name]) }),
    ...(kind === 'incidents' && {
      namedCauses: (causes ?? []).map(cause => ({
        kind: cause.kind,
        record: { system, ...cause.record, id: importedId('change', system, cause.record.key) },
      })),
    }),
    ...(kind === 'changes' && { environmentIds: [] }),
  };
};

const knownOf = (kind: string): Json =>
  kind === 'deployments'
    ? { kind: KNOWN.kind, digests: [], commits: [] }
    : kind === 'incidents'
      ? { major: KNOWN.major }
      : { breakGlass: KNOWN.breakGlass };

test.each(Object.entries(exportShapes))(
  '%s come in without a mapping, field by field',
  async (name, shape) => {
    const { kind, system } = shape;
    const all = exported(shape, RECORDS, name.length);
    const page = { total: all.length, [kind === 'deployments' ? 'items' : 'result']: all.map(({ record }) => record) };
    const file = await fileOf(`${name}.json`, JSON.stringify(page));
    const { said } = await importing(kind, file);
    expect(said).toMatchObject({ rows: RECORDS, imported: RECORDS, refused: 0 });
    for (const { row } of all)
      expect(await factsOf(kind.slice(0, -1), system, row['key'] as string)).toEqual({
        ...knownOf(kind),
        ...keptFacts(kind, row, system),
      });
  },
  2 * A_MINUTE,
);

test('a deployment of GitLab that no job made is imported where its service is named', async () => {
  const record = {
    id: 9_000_001,
    sha: 'a'.repeat(40),
    status: 'success',
    created_at: '2025-03-02T20:00:00.000Z',
    updated_at: '2025-03-02T20:20:00.000Z',
    environment: { id: 9, name: 'production' },
    deployable: null,
  };
  const file = await fileOf('by-api.jsonl', JSON.stringify(record));
  const { said } = await importing('deployments', file, '--set', 'service=checkout');
  expect(said).toMatchObject({ imported: 1, refused: 0 });
});

test('webhooks of one deployment, in their order, correct each other when that is asked for', async () => {
  const body = (state: string, minute: string) => ({
    action: 'created',
    deployment_status: { id: 1, state, created_at: `2025-03-02T20:${minute}:00Z` },
    deployment: { id: 9_000_002, environment: 'production', sha: 'b'.repeat(40), created_at: '2025-03-02T20:00:00Z' },
    repository: { full_name: 'octo/cart' },
  });
  const file = await fileOf(
    'hooks.jsonl',
    [body('in_progress', '01'), body('success', '09')].map(each => JSON.stringify(each)).join('\n'),
  );
  const { said } = await importing('deployments', file, '--correct');
  expect(said).toMatchObject({ imported: 1, corrected: 1, refused: 0 });
});

// Recorded by others, and not copied into this repository: read where it lies beside it, or where RECORDED names it.
const recorded = process.env['RECORDED'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const isBeside = existsSync(recorded);
if (!isBeside)
  process.stderr.write(`NOT THERE: ${recorded}. What others recorded was not imported; RECORDED names its folder.\n`);

(isBeside ? describe : describe.skip)('what others recorded', () => {
  test('incidents of a status page', async () => {
    const lines = await linesOf<{ id: string; started_at: string; resolved_at: string }>(
      join(recorded, 'incidents/incidents-sample.jsonl'),
    );
    const file = await fileOf('recorded.jsonl', lines.map(line => JSON.stringify(line)).join('\n'));
    const { said } = await importing('incidents', file, '--set', 'services=cart');
    expect(said).toMatchObject({ rows: lines.length, imported: lines.length, refused: 0 });
    for (const line of lines)
      expect(await factsOf('incident', 'statuspage', line.id)).toMatchObject({
        detectedAt: new Date(line.started_at).toISOString(),
        resolvedAt: new Date(line.resolved_at).toISOString(),
      });
  });

  test.each([
    ['github', 'deployment_status.success', 'production', 'Codertocat/Hello-World'],
    ['gitlab', 'deployment', 'staging', 'root/test-deployment-webhooks'],
  ])('the body of a webhook of %s', async (tool, name, environment, service) => {
    const text = await readFile(join(recorded, 'webhooks', tool, `${name}.json`), 'utf8');
    const { said } = await importing('deployments', await fileOf(`${tool}-${name}.json`, text));
    expect(said).toMatchObject({ rows: 1, imported: 1, refused: 0 });
    const { deployment, deployment_id: id } = JSON.parse(text) as {
      deployment?: { id: number };
      deployment_id?: number;
    };
    expect(await factsOf('deployment', tool, String(deployment?.id ?? id))).toMatchObject({
      serviceId: services['octo/checkout'],
      environmentId: environments[environment],
      outcome: 'succeeded',
    });
    expect(aliasesOf('octo/checkout')).toContain(service);
  });
});
