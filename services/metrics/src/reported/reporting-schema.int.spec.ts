import type { Delivery } from '@slipway/consumers';
import { migrationsOf } from '@slipway/service';
import { type MigratedDatabase, migratedDatabase } from '@slipway/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import type { Fact } from '../facts/facts.ts';
import { type Cell, cellsOf } from '../kept/cells.ts';
import { march } from '../measures/example.ts';
import { history } from '../measures/history.example.ts';
import { metrics } from '../module.ts';
import { changesOf } from '../rows/changes.ts';
import { causesOf, incidentsOf, isReleaseRelated } from '../rows/incidents.ts';
import { resolvedAt, restoredAt } from '../rows/intervals.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import { runsOf } from '../rows/runs.ts';
import { reportedRecords } from './records.projection.ts';

const LOGIN = `bi_${randomUUID().replaceAll('-', '')}`;

let database: MigratedDatabase;
let owner: pg.Pool;
let service: pg.Pool;
let bi: pg.Pool;

beforeAll(async () => {
  database = await migratedDatabase(...migrationsOf('metrics', metrics.migrations));
  const pool = (url: string): pg.Pool => new pg.Pool({ connectionString: url, max: 1 });
  [owner, service] = [pool(database.url), pool(database.urlOf('metrics'))];
  await owner.query(`CREATE ROLE ${LOGIN} LOGIN PASSWORD 'slipway' IN ROLE slipway_reporting`);
  const url = new URL(database.urlOf('metrics'));
  url.username = LOGIN;
  bi = pool(url.href);
});
afterAll(async () => {
  await Promise.all([bi, service].map(each => each.end()));
  await owner.query(`DROP ROLE ${LOGIN}`);
  await owner.end();
  await database.drop();
});

type Row = Readonly<Record<string, unknown>>;
const rowsOf = async (view: string, order: string): Promise<readonly Row[]> =>
  (await bi.query<Row>(`SELECT * FROM reporting.${view} ORDER BY ${order}`)).rows;

const documented = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
  const guide = await readFile(new URL('../../../../docs/guides/reporting-schema.md', import.meta.url), 'utf8');
  const sections = guide.split(/^## `reporting\./m).slice(1);
  return Object.fromEntries(
    sections.map(section => [
      section.slice(0, section.indexOf('`')),
      [...section.matchAll(/^\| `([a-z_0-9]+)` +\| ([a-z0-9 [\]]+?) +\|/gm)].map(([, name, type]) => `${name} ${type}`),
    ]),
  );
};

test('the columns of the views are those of the guide', async () => {
  const { rows } = await owner.query<{ view: string; columns: readonly string[] }>(
    `SELECT relname AS view, array_agg(attname || ' ' || CASE format_type(atttypid, NULL)
        WHEN 'timestamp with time zone' THEN 'timestamptz' ELSE format_type(atttypid, NULL) END ORDER BY attnum) AS columns
      FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
      WHERE relnamespace = 'reporting'::regnamespace AND relkind IN ('v', 'm', 'r', 'f') AND attnum > 0
      GROUP BY relname`,
  );
  expect(Object.fromEntries(rows.map(({ view, columns }) => [view, columns]))).toEqual(await documented());
});

describe('whoever was granted the role', () => {
  const views = async () => Object.keys(await documented());

  test('reads every view, and writes to none', async () => {
    for (const view of await views()) {
      await expect(bi.query(`SELECT * FROM reporting.${view}`)).resolves.toBeDefined();
      for (const write of [`DELETE FROM reporting.${view}`, `TRUNCATE reporting.${view}`])
        await expect(bi.query(write)).rejects.toMatchObject({
          code: expect.stringMatching(/^(42501|42809|55000)$/) as string,
        });
    }
    const filled = "UPDATE reporting.services SET service_id = 'mine'";
    await expect(bi.query(filled)).rejects.toMatchObject({ code: '42501' });
    const added = "INSERT INTO reporting.services (service_id) VALUES ('x')";
    await expect(bi.query(added)).rejects.toMatchObject({ code: '42501' });
  });

  test.each([
    'SELECT * FROM metrics.records_v1',
    'SELECT * FROM metrics.watermarks',
    'SELECT * FROM store.events',
    'SELECT * FROM store.event_log',
    'SELECT store.head()',
    "SELECT directory.pseudonyms(ARRAY['email:ann@example.org'])",
    'SELECT * FROM planning.watermarks',
    'SELECT * FROM catalog.watermarks',
    'CREATE TABLE reporting.mine (id int)',
    'CREATE TABLE public.mine (id int)',
    'CREATE SCHEMA mine',
    'DROP VIEW reporting.services',
    'SET ROLE slipway_metrics',
  ])('is refused: %s', async statement => {
    await expect(bi.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('the role itself lets nobody in, and has no rights beyond reading', async () => {
    const { rows } = await owner.query(
      "SELECT rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = 'slipway_reporting'",
    );
    expect(rows).toEqual([
      { rolcanlogin: false, rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false },
    ]);
    const { rows: rights } = await owner.query<{ right: string }>(
      `SELECT DISTINCT table_schema || ' ' || privilege_type AS right FROM information_schema.role_table_grants
        WHERE grantee = 'slipway_reporting'`,
    );
    expect(rights).toEqual([{ right: 'reporting SELECT' }]);
  });
});

const deliveries = (facts: readonly Fact[]): readonly Delivery[] =>
  facts.map((fact, index) => ({ ...fact, position: index + 1 }) as unknown as Delivery);

/** As the service's role writes them, in batches of so many. */
const kept = async (facts: readonly Fact[], size: number): Promise<void> => {
  await service.query('DELETE FROM metrics.records_v1');
  const client = await service.connect();
  try {
    await client.query("SET search_path = 'metrics'");
    if (!('applyAll' in reportedRecords)) throw new Error('it writes sets');
    const all = deliveries(facts);
    for (let from = 0; from < all.length; from += size)
      await reportedRecords.applyAll(all.slice(from, from + size), client);
  } finally {
    client.release();
  }
};

const date = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));

test('deployments, incidents and changes are those that measures are made of, whatever happened and however it came', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.integer({ min: 1, max: 40 }), async (facts, size) => {
      await kept(facts, size);
      expect(await rowsOf('deployments', 'deployment_id')).toMatchObject(
        runsOf(facts).map(run => ({
          deployment_id: run.id,
          service_id: run.serviceId,
          environment_id: run.environmentId,
          kind: run.kind,
          started_at: date(run.startedAt),
          took_traffic_at: date(run.trafficAt),
          finished_at: date(run.endedAt),
          traffic_is: run.trafficIs,
          rolled_back_for: run.rolledBack ?? null,
          change_id: run.changeId ?? null,
          release_id: run.releaseId ?? null,
          undoes: run.undoes ?? null,
          content: run.content,
          imported: run.imported,
        })),
      );
      expect(await rowsOf('incidents', 'incident_id')).toMatchObject(
        incidentsOf(facts).map(incident => ({
          incident_id: incident.id,
          service_ids: incident.serviceIds,
          environment_id: incident.environmentId ?? null,
          impact_started_at: date(incident.impactStartedAt),
          detected_at: date(incident.detectedAt),
          restored_at: date(restoredAt(incident)),
          resolved_at: date(resolvedAt(incident)),
          reopened: incident.intervals.length - 1,
          release_related: isReleaseRelated(incident),
          caused_by_deployments: causesOf(incident).flatMap(({ deploymentId }) => deploymentId ?? []),
          caused_by_changes: causesOf(incident).flatMap(({ changeId }) => changeId ?? []),
          cause_judged: incident.isJudged,
          imported: incident.imported,
        })),
      );
      expect(await rowsOf('changes', 'change_id')).toMatchObject(
        changesOf(facts).map(change => ({
          change_id: change.id,
          service_ids: change.serviceIds,
          environment_ids: change.environmentIds,
          release_ids: change.releaseIds,
          model: change.model,
          break_glass: change.breakGlass,
          close_code: change.closeCode ?? null,
          unauthorized: change.isUnauthorized,
          approval_requested_at: date(change.requestedAt),
          approved_at: date(change.approvedAt),
          approvals: change.approvals,
          implementation_started_at: date(change.implementedAt),
          closed_at: date(change.closedAt),
          canceled_at: date(change.canceledAt),
          imported: change.imported,
        })),
      );
    }),
    { numRuns: 60 },
  );
}, 120_000);

const told = (stream: string, ...events: readonly (readonly [type: string, data: object])[]): readonly Fact[] =>
  events.map(([type, data], index) => {
    const occurredAt = `2026-03-02T1${index}:00:00.000Z`;
    return {
      stream,
      version: index + 1,
      type,
      data: { ...data, occurredAt, recordedAt: occurredAt },
    } as unknown as Fact;
  });
const requested = {
  kind: 'planned',
  target: { serviceId: 's1', environmentId: 'e1', wave: 1 },
  production: true,
  digests: ['sha256:a'],
};
const CATALOG = [
  ...told('service-s1', ['ServiceRegistered', { name: 'checkout', ownerTeam: 'shop' }]),
  ...told('environment-e1', ['EnvironmentRegistered', { name: 'production', tier: 'production', region: 'eu' }]),
];

test('names are those of the catalog, and a state says how far it is', async () => {
  const ended = (id: string, ...types: readonly string[]) =>
    told(
      `deployment-${id}`,
      ['DeploymentRequested', requested],
      ...types.map(type => [type, type === 'DeploymentRolledBack' ? { cause: 'fault' } : {}] as const),
    );
  await kept(
    [
      ...CATALOG,
      ...ended('d1'),
      ...ended('d2', 'DeploymentStarted'),
      ...ended('d3', 'DeploymentStarted', 'DeploymentSucceeded'),
      ...ended('d4', 'DeploymentStarted', 'DeploymentFailed'),
      ...ended('d5', 'DeploymentStarted', 'VerificationFailed', 'DeploymentRolledBack'),
      ...ended('d6', 'DeploymentCanceled'),
    ],
    100,
  );
  expect(await rowsOf('deployments', 'deployment_id')).toMatchObject(
    ['requested', 'running', 'succeeded', 'failed', 'rolled-back', 'canceled'].map(state => ({
      state,
      service: 'checkout',
      team: 'shop',
      environment: 'production',
      region: 'eu',
    })),
  );
  expect(await rowsOf('services', 'service_id')).toMatchObject([{ service: 'checkout', team: 'shop' }]);
  expect(await rowsOf('environments', 'environment_id')).toMatchObject([{ tier: 'production', region: 'eu' }]);
});

test('a deployment of history that was corrected to be elsewhere is none of production any more', async () => {
  const imported = (production: boolean) => ({
    kind: 'planned',
    serviceId: 's1',
    environmentId: 'e1',
    production,
    digests: [],
    commits: [],
    startedAt: '2026-03-02T10:00:00.000Z',
    outcome: 'succeeded',
  });
  const once = told('deployment-d1', ['DeploymentImported', imported(true)]);
  await kept(once, 1);
  expect(await rowsOf('deployments', 'deployment_id')).toHaveLength(1);
  const twice = told('deployment-d1', ['DeploymentImported', imported(true)], ['DeploymentImported', imported(false)]);
  await kept(twice, 1);
  expect(await rowsOf('deployments', 'deployment_id')).toEqual([]);
});

test('the views read the new table once it was rebuilt, with the same rights', async () => {
  await kept(CATALOG, 10);
  const begin = (sql: string, values: readonly unknown[] = []) => service.query(sql, [...values]);
  await begin('BEGIN');
  await begin('SELECT store.begin_rebuild($1, true)', [['records_v1']]);
  await begin(`INSERT INTO metrics_rebuild.records_v1 VALUES ('s2', 'service', NULL, 1, 9, '{"name": "cart"}')`);
  await begin('SELECT store.finish_rebuild($1)', [['records_v1']]);
  await begin('COMMIT');
  expect(await rowsOf('services', 'service_id')).toEqual([
    { service_id: 's2', service: 'cart', team: null, position: '9' },
  ]);
  await kept(CATALOG, 10);
  expect(await rowsOf('services', 'service_id')).toMatchObject([{ service: 'checkout' }]);
  const { rows } = await owner.query<{ definition: string }>(
    "SELECT pg_get_viewdef('reporting.deployments'::regclass) AS definition",
  );
  expect(rows[0]?.definition).toContain('startedAt');
});

const keptCells = async (serviceId: string, cells: readonly Cell[]): Promise<void> => {
  await service.query('DELETE FROM metrics.cells_v1');
  for (const { period, from, to, now, measures } of cells)
    await service.query('INSERT INTO metrics.cells_v1 VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      'UTC',
      serviceId,
      period,
      new Date(from),
      new Date(to),
      date(now),
      JSON.stringify(measures),
    ]);
};

const figuresIn = (cells: readonly Cell[]): readonly Row[] =>
  cells.flatMap(({ period, now, measures }) =>
    measures.flatMap(({ measure, definition, figures }) =>
      figures.map(figure => ({
        service_id: 'checkout',
        month: period,
        counted_until: date(now),
        measure,
        series: figure.series,
        definition,
        unit: figure.unit,
        value: figure.value,
        median: figure.median ?? null,
        p90: figure.p90 ?? null,
        mean: figure.mean ?? null,
        numerator: figure.numerator,
        denominator: figure.denominator,
        counted: figure.counted,
        reason: figure.reason ?? null,
        interval_low: figure.interval?.low ?? null,
        interval_high: figure.interval?.high ?? null,
        interval_method: figure.interval?.method ?? null,
        data_quality: figure.dataQuality,
        open: figure.open.length,
        closed: false,
        restated: false,
        position: '7',
      })),
    ),
  );

const inOrder = (rows: readonly Row[]): readonly Row[] => {
  const key = (row: Row): string => `${String(row['month'])} ${String(row['measure'])} ${String(row['series'])}`;
  return rows.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
};

test('figures are those that are kept: a row a service, month, measure and series', async () => {
  await service.query("INSERT INTO metrics.counted_v1 VALUES ('UTC', 'checkout', 7, '2026-04') ON CONFLICT DO NOTHING");
  await fc.assert(
    fc.asyncProperty(history, async facts => {
      const now = march.to + 5 * 86_400_000;
      const cells = cellsOf(ledgerOf(recordsOf(facts)), 'checkout', 'UTC', now);
      await keptCells('checkout', cells);
      expect(inOrder(await rowsOf('figures', 'month'))).toMatchObject(inOrder(figuresIn(cells)));
    }),
    { numRuns: 30 },
  );
}, 120_000);

test('a figure of a closed month that was changed says so, beside what it was', async () => {
  const facts = told('deployment-d1', ['DeploymentRequested', { ...requested, changeId: 'c1' }]);
  await kept(CATALOG, 10);
  await keptCells('s1', cellsOf(ledgerOf(recordsOf(facts)), 's1', 'UTC', march.to));
  const [cell] = cellsOf(ledgerOf(recordsOf(facts)), 's1', 'UTC', march.to);
  const month = cell?.period ?? '2026-03';
  const said = (value: number | null) => ({ value, numerator: 1, denominator: 2, counted: 2 });
  const changed = { serviceId: 's1', measure: 'change-fail-rate', series: 'change-fail-rate', definition: 'first/2' };
  await service.query(
    `INSERT INTO metrics.closed_periods_v1 VALUES ($1, 'UTC', '2026-03-01Z', '2026-04-01Z', 14, '2026-04-15Z', 5)`,
    [month],
  );
  await service.query(
    `INSERT INTO metrics.restatements_v1 VALUES ('r1', $1, 9, '2026-05-01Z', '{"kind": "import", "id": "b1"}', 5, 8, '[]', 1, $2, 1, '{s1}')`,
    [month, JSON.stringify([{ ...changed, before: said(0.5), after: said(null) }])],
  );
  expect(await rowsOf('restatements', 'restatement_id')).toMatchObject([
    {
      month,
      correction_kind: 'import',
      correction_id: 'b1',
      service: 'checkout',
      measure: 'change-fail-rate',
      value_before: 0.5,
      value_after: null,
      numerator_before: 1,
      denominator_after: 2,
      position: '9',
    },
  ]);
  const restated = (await rowsOf('figures', 'measure, series')).filter(row => row['restated']);
  expect(restated.map(({ measure, series, closed }) => [measure, series, closed])).toEqual(
    (cell?.measures ?? [])
      .flatMap(({ measure, figures }) => figures.map(({ series }) => [measure, series, true] as const))
      .filter(([measure, series]) => measure === changed.measure && series === changed.series),
  );
  expect(await rowsOf('periods', 'month')).toContainEqual(
    expect.objectContaining({ month, state: 'closed', restatements: '1', position: '5' }),
  );
});
