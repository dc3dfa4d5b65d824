import { startPostgres } from '@slipway/embedded';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendHint, migrate, PostgresEventStore, startSequencer } from '@slipway/event-store';

const server = await startPostgres({ directory: await mkdtemp(join(tmpdir(), 'bench-')), ephemeral: true, settings: { max_connections: 200 } });
await migrate(server.url);
const as = (role: string) => server.url.replace('postgres@', `${role}@`);
const admin = new pg.Pool({ connectionString: server.url, max: 32 });
await admin.query('CREATE TABLE plain (stream text, version int, id uuid, type text, data json, envelope json, PRIMARY KEY (stream, version))');
const flight = Number(process.argv[2] ?? 32);
const pool = new pg.Pool({ connectionString: as('slipway_catalog'), max: flight });
const hint = appendHint(as('slipway_catalog'));
const store = new PostgresEventStore(pool, hint);
const data = { actor: 'person-' + uuidv7(), issuer: 'https://issuer.example', occurredAt: '2026-03-02T09:00:00Z', recordedAt: '2026-03-02T09:00:00Z', source: 'rest', title: 'x'.repeat(100) };
const envelope = { correlationId: uuidv7(), key: 'k'.repeat(64), request: 'r'.repeat(64) };
const plain = async () => {
  await admin.query({ name: 'plain', text: 'INSERT INTO plain VALUES ($1,$2,$3,$4,$5,$6)', values: ['service-' + uuidv7(), 1, uuidv7(), 'Seen', JSON.stringify(data), JSON.stringify(envelope)] });
};
const fresh = async () => {
  await store.append([{ stream: 'service-' + uuidv7(), expect: 'no-stream', events: [{ id: uuidv7(), type: 'Seen', data, envelope }] }]);
};
const streams = Array.from({ length: flight }, () => ({ name: 'service-' + uuidv7(), version: 0 }));
const existing = async (lane: number) => {
  const s = streams[lane]!;
  await store.append([{ stream: s.name, expect: s.version || 'no-stream', events: [{ id: uuidv7(), type: 'Seen', data, envelope }] }]);
  s.version++;
};
const rate = async (work: (lane: number) => Promise<void>, ms = 2000) => {
  const end = performance.now() + ms; let n = 0; const began = performance.now();
  await Promise.all(Array.from({ length: flight }, async (_, lane) => { while (performance.now() < end) { await work(lane); n++; } }));
  return Math.round(n / ((performance.now() - began) / 1000));
};
const out: Record<string, number[]> = { plain: [], fresh: [], existing: [], 'fresh+seq': [], 'existing+seq': [] };
for (let round = 0; round < 3; round++) {
  out.plain!.push(await rate(plain));
  out.fresh!.push(await rate(fresh));
  out.existing!.push(await rate(existing));
  const seq = startSequencer({ url: as('slipway_sequencer'), onError: e => console.error(e) });
  await store.settledHead(60000);
  out['fresh+seq']!.push(await rate(fresh));
  await store.settledHead(60000);
  out['existing+seq']!.push(await rate(existing));
  await store.settledHead(60000);
  console.log(JSON.stringify(seq.stats()));
  await seq.stop();
}
console.log(flight, out);
const began = performance.now();
const c = await pool.connect();
for (let i = 0; i < 2000; i++) await c.query('SELECT 1');
console.log('roundtrip µs', (performance.now() - began) / 2);
c.release();
await hint.stop(); await pool.end(); await admin.end(); await server.stop();
