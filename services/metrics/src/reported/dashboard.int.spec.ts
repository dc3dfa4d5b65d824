import { migrationsOf } from '@slipway/service';
import { type MigratedDatabase, migratedDatabase } from '@slipway/testing';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { metrics } from '../module.ts';

type Source = Readonly<{ type: string; uid: string }>;
type Panel = Readonly<{
  id: number;
  type: string;
  title: string;
  description: string;
  datasource: Source;
  gridPos: Readonly<{ x: number; y: number; w: number; h: number }>;
  fieldConfig: Readonly<{ defaults: Readonly<{ unit?: string; noValue?: string; thresholds?: unknown }> }>;
  targets: readonly Readonly<{ datasource: Source; format: string; rawSql: string }>[];
}>;
type Variable = Readonly<{ name: string; type: string; query: string }>;
type Dashboard = Readonly<{ panels: readonly Panel[]; templating: Readonly<{ list: readonly Variable[] }> }>;

const FILE = new URL('../../../../deploy/observability/grafana/dashboards/delivery.json', import.meta.url);
const dashboard = JSON.parse(await readFile(FILE, 'utf8')) as Dashboard;
const panels = dashboard.panels.map(panel => [panel.title, panel] as const);

let database: MigratedDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await migratedDatabase(...migrationsOf('metrics', metrics.migrations));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(FILLED);
  await client.query(KEPT);
  await client.query('SET ROLE slipway_reporting');
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const ms = (day: number, hour: number): number => Date.UTC(2026, 2, day, hour);
const run = { serviceId: 's1', environmentId: 'e1', kind: 'planned', content: 'a', trafficIs: 'told', imported: false };
const RECORDS: readonly (readonly [id: string, category: string, number: string | null, state: object])[] = [
  ['s1', 'service', null, { name: "o'brien", ownerTeam: 'shop' }],
  ['e1', 'environment', null, { name: 'production', tier: 'production', region: 'eu' }],
  [
    'd1',
    'deployment',
    'DEP-1',
    { ...run, succeeded: true, failed: false, startedAt: ms(2, 9), trafficAt: ms(2, 10), endedAt: ms(2, 11) },
  ],
  [
    'd2',
    'deployment',
    'DEP-2',
    { ...run, succeeded: false, failed: true, rolledBack: 'fault', startedAt: ms(3, 9), endedAt: ms(3, 11) },
  ],
  ...['i1', 'i2'].map(
    (id, nth) =>
      [
        id,
        'incident',
        `INC-${nth + 1}`,
        {
          serviceIds: ['s1'],
          detectedAt: ms(2, 12),
          impactStartedAt: ms(2, 12),
          intervals: [{ from: ms(2, 12), ...(nth === 0 && { resolvedAt: ms(2, 13) }) }],
          causes: [],
          named: [],
          isJudged: false,
          canceled: false,
          imported: false,
        },
      ] as const,
  ),
  [
    'c1',
    'change',
    'CHG-1',
    {
      serviceIds: ['s1'],
      environmentIds: ['e1'],
      releaseIds: [],
      model: 'normal',
      breakGlass: false,
      isUnauthorized: false,
      approvals: 1,
      requestedAt: ms(1, 9),
      approvedAt: ms(1, 10),
      closedAt: ms(4, 9),
      closeCode: 'successful',
      imported: false,
    },
  ],
];
const figure = { series: 'x', value: 0.5, numerator: 1, denominator: 2, counted: 2, interval: null, open: [] };
const MEASURES = [
  { measure: 'change-fail-rate', definition: 'first/2', figures: [{ ...figure, unit: 'ratio' }] },
  { measure: 'deployment-frequency', definition: 'first', figures: [{ ...figure, unit: 'per-day' }] },
];
const FIGURES = [
  { serviceId: 's1', measure: 'change-fail-rate', series: 'x', definition: 'first/2', before: figure, after: figure },
];
const json = (value: object): string => pg.escapeLiteral(JSON.stringify(value));
const KEPT = `
  INSERT INTO metrics.cells_v1 VALUES ('UTC', 's1', '2026-03', '2026-03-01Z', '2026-04-01Z', NULL, ${json(MEASURES)});
  INSERT INTO metrics.restatements_v1 VALUES ('r1', '2026-03', 9, '2026-03-20Z', '{"kind": "import", "id": "b1"}', 5, 8, '[]', 1,
    ${json(FIGURES)}, 1, '{s1}')`;
const FILLED = RECORDS.map(
  ([id, category, number, state]) =>
    `INSERT INTO metrics.records_v1 VALUES (${[id, category].map(each => pg.escapeLiteral(each)).join(', ')},
      ${number === null ? 'NULL' : pg.escapeLiteral(number)}, 1, 1, ${pg.escapeLiteral(JSON.stringify(state))})`,
).join(';');

/** As Grafana fills in its variables and macros. */
const filledIn = (sql: string, services: readonly string[], from = '2026-03-01', to = '2026-04-01'): string =>
  sql
    .replaceAll('${service:sqlstring}', services.map(each => pg.escapeLiteral(each)).join(','))
    .replaceAll(/\$__timeFilter\(([a-z_]+)\)/g, `$1 BETWEEN '${from}T00:00:00Z' AND '${to}T00:00:00Z'`);

test('its variables are asked of the same source', async () => {
  const [source, service] = dashboard.templating.list;
  expect(source).toMatchObject({ name: 'datasource', type: 'datasource' });
  expect((await client.query(service?.query ?? '')).rows).toEqual([{ service: "o'brien" }]);
});

test.each(panels)('%s has something to show, and its columns are what Grafana takes', async (_, panel) => {
  for (const { rawSql, format, datasource } of panel.targets) {
    expect([datasource.uid, panel.datasource.uid]).toEqual(['${datasource}', '${datasource}']);
    const sql = filledIn(rawSql, ["o'brien"]);
    expect(sql).not.toMatch(/\$/);
    const { rows, fields } = await client.query<Record<string, unknown>>(sql);
    expect(rows.length).toBeGreaterThan(0);
    const [time, metric] = fields.map(({ name }) => name);
    const isSeries = time === 'time' && metric === 'metric' && rows[0]?.['time'] instanceof Date;
    expect(isSeries).toBe(format === 'time_series');
  }
});

test.each(panels)('%s says so when there is nothing, and never 0', async (_, panel) => {
  expect(panel.fieldConfig.defaults.noValue).toBe('no data');
  for (const { rawSql } of panel.targets) {
    const { rows } = await client.query<Record<string, unknown>>(
      filledIn(rawSql, ['nobody'], '2020-01-01', '2020-02-01'),
    );
    for (const row of rows) expect(Object.values(row)).toEqual(Object.values(row).map(() => null));
  }
});

test('each panel has a unit and says what it shows, none has thresholds, and no two lie on each other', () => {
  for (const { fieldConfig, description } of dashboard.panels) {
    expect(fieldConfig.defaults.unit).toBeDefined();
    expect(fieldConfig.defaults.thresholds).toBeUndefined();
    expect(description.length).toBeGreaterThan(7);
  }
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, nth) => `${x + (nth % w)}/${y + Math.floor(nth / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
});

test('it reads the schema reporting, and nothing else', () => {
  const asked = dashboard.panels.flatMap(({ targets }) => targets.map(({ rawSql }) => rawSql)).join('\n');
  for (const [, table] of asked.matchAll(/\b(?:FROM|JOIN) ([a-z_.]+)/g))
    expect(table).toMatch(/^(?:reporting\.[a-z_]+|restored_at|now|approved_at)$/);
});
