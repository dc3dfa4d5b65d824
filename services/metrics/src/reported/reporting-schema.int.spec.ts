import { readFile } from 'node:fs/promises';
import { CATALOG, type Reported, startReported } from './reported.example.ts';

let reported: Reported;

beforeAll(async () => {
  reported = await startReported();
});
afterAll(() => reported.stop());

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
  const { rows } = await reported.owner.query<{ view: string; columns: readonly string[] }>(
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
      await expect(reported.bi.query(`SELECT * FROM reporting.${view}`)).resolves.toBeDefined();
      for (const write of [`DELETE FROM reporting.${view}`, `TRUNCATE reporting.${view}`])
        await expect(reported.bi.query(write)).rejects.toMatchObject({
          code: expect.stringMatching(/^(42501|42809|55000)$/) as string,
        });
    }
    const filled = "UPDATE reporting.services SET service_id = 'mine'";
    await expect(reported.bi.query(filled)).rejects.toMatchObject({ code: '42501' });
    const added = "INSERT INTO reporting.services (service_id) VALUES ('x')";
    await expect(reported.bi.query(added)).rejects.toMatchObject({ code: '42501' });
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
    await expect(reported.bi.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('the role itself lets nobody in, and has no rights beyond reading', async () => {
    const { rows } = await reported.owner.query(
      "SELECT rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = 'slipway_reporting'",
    );
    expect(rows).toEqual([
      { rolcanlogin: false, rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false },
    ]);
    const { rows: rights } = await reported.owner.query<{ right: string }>(
      `SELECT DISTINCT table_schema || ' ' || privilege_type AS right FROM information_schema.role_table_grants
        WHERE grantee = 'slipway_reporting'`,
    );
    expect(rights).toEqual([{ right: 'reporting SELECT' }]);
  });
});

test('the views read the new table once it was rebuilt, with the same rights', async () => {
  await reported.kept(CATALOG, 10);
  const begin = (sql: string, values: readonly unknown[] = []) => reported.service.query(sql, [...values]);
  await begin('BEGIN');
  await begin('SELECT store.begin_rebuild($1, true)', [['records_v1']]);
  await begin(`INSERT INTO metrics_rebuild.records_v1 VALUES ('s2', 'service', NULL, 1, 9, '{"name": "cart"}')`);
  await begin('SELECT store.finish_rebuild($1)', [['records_v1']]);
  await begin('COMMIT');
  expect(await reported.rowsOf('services', 'service_id')).toEqual([
    { service_id: 's2', service: 'cart', team: null, position: '9' },
  ]);
  await reported.kept(CATALOG, 10);
  expect(await reported.rowsOf('services', 'service_id')).toMatchObject([{ service: 'checkout' }]);
  const { rows } = await reported.owner.query<{ definition: string }>(
    "SELECT pg_get_viewdef('reporting.deployments'::regclass) AS definition",
  );
  expect(rows[0]?.definition).toContain('startedAt');
});
