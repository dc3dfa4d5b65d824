import { startPostgres } from '@slipway/embedded';
import pg from 'pg';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@slipway/event-store';
const server = await startPostgres({ directory: await mkdtemp(join(tmpdir(), 'bench-')), ephemeral: true, settings: { max_connections: 200, fsync: 'off' } });
await migrate(server.url);
const admin = new pg.Client({ connectionString: server.url }); await admin.connect();
const c = new pg.Client({ connectionString: server.url.replace('postgres@', `slipway_catalog@`) }); await c.connect();
const time = async (name: string, sql: string, cl = c, n = 5000) => {
  for (let k = 0; k < 2; k++) { const b = performance.now(); await cl.query(`DO $d$ BEGIN FOR i IN 1..${n} LOOP ${sql} END LOOP; END $d$`); if (k) console.log(name, ((performance.now() - b) * 1000 / n).toFixed(1), 'µs'); }
};
const call = (fn = 'store.append', p = 'a') => `PERFORM ${fn}(ARRAY['service-${p}' || gen_random_uuid()], ARRAY[0], ARRAY[1], '{}', '{}', ARRAY[gen_random_uuid()], ARRAY['Seen'], ARRAY['{"a":1}'::json], ARRAY['{"b":1}'::json]);`;
await time('uuid only', `PERFORM 'service-a' || gen_random_uuid();`);
await time('append', call());
await time('refuse_foreign', `PERFORM store.refuse_foreign(ARRAY['service-a']);`, admin).catch(e => console.log(e.message));
if (process.argv[2]) { await admin.query(await readFile(process.argv[2], 'utf8')); await admin.query('GRANT EXECUTE ON FUNCTION store.append2 TO slipway_service'); await time('append2', call('store.append2')); await time('append', call()); await time('append2', call('store.append2')); }
await c.end(); await admin.end(); await server.stop();
