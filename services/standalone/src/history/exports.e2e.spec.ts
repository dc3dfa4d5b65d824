import { exported, exportShapes } from '@slipway/cli/testing';
import { importedId } from '@slipway/records';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { A_MINUTE, type History, type Json, linesOf, startHistory } from './history.example.ts';

let history: History;

beforeAll(async () => {
  history = await startHistory();
}, 3 * A_MINUTE);
afterAll(() => history?.stop());

/** What the only event of a record says. */
const onlyFactsOf = async (category: string, system: string, key: string): Promise<Json> => {
  const [facts = {}, ...others] = await history.factsOf(category, system, key);
  expect(others).toEqual([]);
  return facts;
};

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
    ...(service !== undefined && { serviceId: history.services[service as string] }),
    ...(environment !== undefined && {
      environmentId: history.environments[environment as string],
      production: environment === 'production',
    }),
    ...(kind !== 'deployments' && { serviceIds: (named ?? []).map(name => history.services[name]) }),
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
    const file = await history.fileOf(`${name}.json`, JSON.stringify(page));
    const { said } = await history.importing(kind, file);
    expect(said).toMatchObject({ rows: RECORDS, imported: RECORDS, refused: 0 });
    for (const { row } of all)
      expect(await onlyFactsOf(kind.slice(0, -1), system, row['key'] as string)).toEqual({
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
  const file = await history.fileOf('by-api.jsonl', JSON.stringify(record));
  const { said } = await history.importing('deployments', file, '--set', 'service=checkout');
  expect(said).toMatchObject({ imported: 1, refused: 0 });
});

test('webhooks of one deployment, in their order, correct each other when that is asked for', async () => {
  const body = (state: string, minute: string) => ({
    action: 'created',
    deployment_status: { id: 1, state, created_at: `2025-03-02T20:${minute}:00Z` },
    deployment: { id: 9_000_002, environment: 'production', sha: 'b'.repeat(40), created_at: '2025-03-02T20:00:00Z' },
    repository: { full_name: 'octo/cart' },
  });
  const file = await history.fileOf(
    'hooks.jsonl',
    [body('in_progress', '01'), body('success', '09')].map(each => JSON.stringify(each)).join('\n'),
  );
  const { said } = await history.importing('deployments', file, '--correct');
  expect(said).toMatchObject({ imported: 1, corrected: 1, refused: 0 });
});

// Recorded by others, and not copied into this repository: read where it lies beside it, or where RECORDED names it.
const recorded = process.env['RECORDED'] ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const isBeside = existsSync(recorded);
if (!isBeside)
  process.stderr.write(`NOT THERE: ${recorded}. What others recorded was not imported; RECORDED names its folder.\n`);

(isBeside ? describe : describe.skip)('what others recorded', () => {
  test('incidents of a status page', async () => {
    const lines = await linesOf<{ id: string; started_at: string; resolved_at: string }>(
      join(recorded, 'incidents/incidents-sample.jsonl'),
    );
    const file = await history.fileOf('recorded.jsonl', lines.map(line => JSON.stringify(line)).join('\n'));
    const { said } = await history.importing('incidents', file, '--set', 'services=cart');
    expect(said).toMatchObject({ rows: lines.length, imported: lines.length, refused: 0 });
    for (const line of lines)
      expect(await onlyFactsOf('incident', 'statuspage', line.id)).toMatchObject({
        detectedAt: new Date(line.started_at).toISOString(),
        resolvedAt: new Date(line.resolved_at).toISOString(),
      });
  });

  test.each([
    ['github', 'deployment_status.success', 'production'],
    ['gitlab', 'deployment', 'staging'],
  ])('the body of a webhook of %s', async (tool, name, environment) => {
    const text = await readFile(join(recorded, 'webhooks', tool, `${name}.json`), 'utf8');
    const file = await history.fileOf(`${tool}-${name}.json`, text);
    const system = `${tool}:recorded`; // its keys are others' than those that were generated
    const { said } = await history.importing('deployments', file, '--system', system);
    expect(said).toMatchObject({ rows: 1, imported: 1, refused: 0 });
    const { deployment, deployment_id: id } = JSON.parse(text) as {
      deployment?: { id: number };
      deployment_id?: number;
    };
    expect(await onlyFactsOf('deployment', system, String(deployment?.id ?? id))).toMatchObject({
      serviceId: history.services['octo/checkout'],
      environmentId: history.environments[environment],
      outcome: 'succeeded',
    });
  });
});
