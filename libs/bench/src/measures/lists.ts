import { PostgresEventStore } from '@slipway/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startIssuer } from '../issuer.ts';
import { machineMs } from './clock.ts';
import { catalogAppends, EVENTS_A_RELEASE, releaseAppend } from './lists-fill.ts';
import { QUESTIONS, type Questions, SEARCHES } from './lists-questions.ts';
import type { Measure } from './measure.ts';
import { rounded, type Spread, spreadOf } from './quantile.ts';
import { withSequencer } from './sequencing.ts';
import { query, setStage, startProgram } from './stage.ts';

const RELEASES = 1_000_000;
const RELEASES_A_CALL = 100;
const CALLS_AT_ONCE = 2;
const ASKED = 60;
const WARM_UP = 10;

type Asked = Readonly<{ question: string; ms: Spread; ratio: number }>;

/** What lists of releases and the search cost with every filter, beside one record by its id, through REST and one at a time. */
export const lists: Measure = async ({ scale = 1, say }) => {
  const stage = await setStage();
  const issuer = await startIssuer();
  try {
    const count = Math.ceil(RELEASES * scale);
    const start = (service: string) =>
      startProgram(`services/${service}/dist/main.js`, { DATABASE_URL: stage.urlOf(service), ...issuer.environment });
    const planning = await start('planning');
    const audit = await start('audit');
    const streams = await withSequencer(stage.databaseUrl, async () => {
      await registerCatalog(stage.urlOf('catalog'));
      return fill(stage.urlOf('planning'), count, say);
    });
    await shown(stage.databaseUrl, 'planning.releases', say);
    await shown(stage.databaseUrl, 'audit.found', say);
    await shown(stage.databaseUrl, 'audit.entries', say); // which would read along from the same disk
    await query(stage.databaseUrl, 'VACUUM ANALYZE planning.releases_v1, audit.found_v1');
    const token = issuer.tokens[0] ?? '';
    const ask = asking(planning.url, token);
    const one = await timed(ask, nth => `/v1/releases/${streams[nth]?.slice('release-'.length)}`, count);
    const asked = [
      ...(await answered(QUESTIONS, filter => timed(ask, nth => `/v1/releases?${filter(nth)}`, count), one, say)),
      ...(await answered(
        SEARCHES,
        filter => timed(asking(audit.url, token), nth => `/v1/search?${filter(nth)}`, count),
        one,
        say,
      )),
    ];
    await planning.stop();
    await audit.stop();
    const figures = { releases: count, events: count * EVENTS_A_RELEASE, one, lists: asked };
    return { figures, lines: linesOf(count, one, asked) };
  } finally {
    await issuer.stop();
    await stage.stop();
  }
};

const fill = async (url: string, count: number, say: (line: string) => void): Promise<readonly string[]> => {
  const pool = new pg.Pool({ connectionString: url, max: CALLS_AT_ONCE });
  const store = new PostgresEventStore(pool);
  const streams: string[] = [];
  let begun = 0;
  const work = async (): Promise<void> => {
    while (begun < count) {
      const from = begun;
      begun += RELEASES_A_CALL;
      if (from % 100_000 === 0) say(`${from} of ${count} releases appended`);
      const many = Array.from({ length: Math.min(RELEASES_A_CALL, count - from) }, (_, nth) =>
        releaseAppend(from + nth),
      );
      await store.append(many);
      for (const [nth, { stream }] of many.entries()) streams[from + nth] = stream;
    }
  };
  try {
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
    return streams;
  } finally {
    await pool.end();
  }
};

const registerCatalog = async (url: string): Promise<void> => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    await new PostgresEventStore(pool).append(catalogAppends());
  } finally {
    await pool.end();
  }
};

const answered = async (
  questions: Questions,
  measured: (filter: (nth: number) => string) => Promise<Spread>,
  one: Spread,
  say: (line: string) => void,
): Promise<readonly Asked[]> => {
  const asked: Asked[] = [];
  for (const [question, filter] of Object.entries(questions)) {
    const ms = await measured(filter);
    asked.push({ question, ms, ratio: rounded(ms.p50 / one.p50) });
    say(`${question}: ${ms.p50} ms`);
  }
  return asked;
};

const SAY_EVERY_MS = 10_000;
/** The view of that consumer shows all that has a position. */
const shown = async (url: string, consumer: `${string}.${string}`, say: (line: string) => void): Promise<void> => {
  const [schema = ''] = consumer.split('.');
  const done = `SELECT position >= (SELECT max(position) FROM store.event_log) AS done, position
    FROM ${schema}.watermarks WHERE consumer = $1`;
  for (;;) {
    const [row] = await query<{ done: boolean; position: string }>(url, done, [consumer]);
    if (row?.done) return;
    say(`${consumer} shows position ${row?.position ?? 0}`);
    await pause(SAY_EVERY_MS);
  }
};

type Ask = (path: string) => Promise<void>;

const asking =
  (url: string, token: string): Ask =>
  async path => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${response.status} for ${path}`);
  };

const timed = async (ask: Ask, path: (nth: number) => string, count: number): Promise<Spread> => {
  const took: number[] = [];
  for (let turn = -WARM_UP; turn < ASKED; turn += 1) {
    const wanted = path(Math.floor(Math.random() * count));
    const began = machineMs();
    await ask(wanted);
    if (turn >= 0) took.push(machineMs() - began);
  }
  return spreadOf(took);
};

const linesOf = (count: number, one: Spread, asked: readonly Asked[]): readonly string[] => [
  `${count.toLocaleString('en-US')} releases of ${EVENTS_A_RELEASE} events; milliseconds through REST, one at a time`,
  `${'one release by its id'.padEnd(36)}${String(one.p50).padStart(10)}${String(one.p99).padStart(10)}`,
  ...asked.map(
    ({ question, ms, ratio }) =>
      `${question.padEnd(36)}${String(ms.p50).padStart(10)}${String(ms.p99).padStart(10)}${`${ratio} ×`.padStart(12)}`,
  ),
];
