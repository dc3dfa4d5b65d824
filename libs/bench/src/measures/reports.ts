import { PostgresEventStore } from '@slipway/event-store';
import { stampOf } from '@slipway/event-sourcing';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { startIssuer } from '../issuer.ts';
import { machineMs } from './clock.ts';
import { catalogAppends } from './lists-fill.ts';
import type { Measure } from './measure.ts';
import { rounded, type Spread, spreadOf } from './quantile.ts';
import { type Amounts, loadFacts } from './reports-load.ts';
import { STRAIGHTFORWARD } from './reports-sql.ts';
import { withSequencer } from './sequencing.ts';
import { query, setStage, type Stage, startProgram } from './stage.ts';

const AMOUNTS: Amounts = { services: 500, deployments: 10_000_000, incidents: 1_000_000 };
const TURNS = 3;
const NEW_DEPLOYMENTS = 12;
const SAY_EVERY_MS = 15_000;
const REPORT = '/v1/reports/delivery?period=2025&by=service&every=month';

/**
 * The delivery report of a year by service and month beside straightforward SQL over the same facts; how fast kept figures are
 * counted beside COPY of the facts; and how soon a new deployment is in the report.
 */
export const reports: Measure = async ({ scale = 1, say }) => {
  const stage = await setStage();
  const issuer = await startIssuer();
  try {
    const amounts = scaled(scale);
    await withSequencer(stage.databaseUrl, () => append(stage.urlOf('catalog'), catalogAppends()));
    const copyMs = await loadFacts(stage.databaseUrl, stage.servers.directory, amounts, say);
    const facts = amounts.deployments + amounts.incidents;
    say(`${facts} facts in ${Math.round(copyMs / 1000)} s`);
    await touchAll(stage.databaseUrl, amounts.services);
    const metrics = await startProgram('services/metrics/dist/main.js', {
      DATABASE_URL: stage.urlOf('metrics'),
      ...issuer.environment,
    });
    const countedMs = await counted(stage.databaseUrl, say);
    const ask = asking(metrics.url, issuer.tokens[0] ?? '');
    const { report, sql } = await beside(stage.databaseUrl, ask, say);
    const fresh = await withSequencer(stage.databaseUrl, () => newDeployments(stage, ask));
    await metrics.stop();
    const figures = {
      ...amounts,
      copyMs,
      countedMs,
      countingToCopy: rounded(copyMs / countedMs),
      report,
      sql,
      sqlToReport: rounded(sql.p50 / report.p50),
      newDeployment: fresh,
    };
    return { figures, lines: linesOf(figures, facts) };
  } finally {
    await issuer.stop();
    await stage.stop();
  }
};

const scaled = (scale: number): Amounts => ({
  services: Math.max(10, Math.ceil(AMOUNTS.services * Math.min(1, scale * 10))),
  deployments: Math.ceil(AMOUNTS.deployments * scale),
  incidents: Math.ceil(AMOUNTS.incidents * scale),
});

const append = async (url: string, appends: Parameters<PostgresEventStore['append']>[0]): Promise<void> => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    await new PostgresEventStore(pool).append(appends);
  } finally {
    await pool.end();
  }
};

/** As if each of them had just been heard of: what is loaded by COPY came past the log. */
const touchAll = (url: string, services: number): Promise<unknown> =>
  query(
    url,
    `INSERT INTO metrics.touches_v1 (position, service_id, stream, version, type, correction_kind, correction)
     SELECT 1, 'service-' || n, 'deployment-d' || n, 1, 'DeploymentImported', 'import', 'loaded'
     FROM generate_series(0, $1::int - 1) AS n`,
    [services],
  );

const LEFT = `
  SELECT (SELECT count(DISTINCT service_id)::int FROM metrics.touches_v1) AS left,
    coalesce((SELECT position > 0 FROM metrics.watermarks WHERE consumer = 'metrics.facts-3'), false) AS began`;

/** From when the first facts are shown until every service has its figures. */
const counted = async (url: string, say: (line: string) => void): Promise<number> => {
  const began = machineMs();
  for (let said = began; ;) {
    const [row] = await query<{ left: number; began: boolean }>(url, LEFT);
    if (row?.began && row.left === 0) return machineMs() - began;
    if (machineMs() - said > SAY_EVERY_MS) say(`${row?.left} services have no figures yet`);
    if (machineMs() - said > SAY_EVERY_MS) said = machineMs();
    await pause(50);
  }
};

type Ask = (path: string) => Promise<unknown>;

const asking =
  (url: string, token: string): Ask =>
  async path => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
    const body = await response.text();
    if (!response.ok) throw new Error(`${response.status} for ${path}: ${body.slice(0, 500)}`);
    return body;
  };

/** Each turn the report and then the statements, so that both have the same neighbors. */
const beside = async (url: string, ask: Ask, say: (line: string) => void) => {
  const [ours, theirs]: [number[], number[]] = [[], []];
  await ask(REPORT);
  for (let turn = 1; turn <= TURNS; turn += 1) {
    let began = machineMs();
    await ask(REPORT);
    ours.push(machineMs() - began);
    began = machineMs();
    for (const statement of Object.values(STRAIGHTFORWARD)) await query(url, statement);
    theirs.push(machineMs() - began);
    say(`turn ${turn}: report ${Math.round(ours.at(-1)!)} ms, SQL ${Math.round(theirs.at(-1)!)} ms`);
  }
  return { report: spreadOf(ours), sql: spreadOf(theirs) };
};

/** From the append until the report of its service counts it. */
const newDeployments = async (stage: Stage, ask: Ask): Promise<Spread> => {
  const pool = new pg.Pool({ connectionString: stage.urlOf('deployment-execution'), max: 1 });
  const store = new PostgresEventStore(pool);
  const took: number[] = [];
  try {
    for (let nth = 0; nth < NEW_DEPLOYMENTS; nth += 1) {
      const path = `${REPORT}&service=service-${nth * 3}&blend=false`;
      const before = finishedIn(await ask(path));
      const began = machineMs();
      await store.append([deployment(`service-${nth * 3}`)]);
      while (finishedIn(await ask(path)) === before) await pause(5);
      took.push(machineMs() - began);
    }
  } finally {
    await pool.end();
  }
  return spreadOf(took);
};

/** Of the last month. */
const finishedIn = (body: unknown): number => {
  type Measured = { measure: string; figures: [{ numerator: number }] };
  const { slices } = JSON.parse(body as string) as { slices: { measures: Measured[] }[] };
  const measured = slices.at(-1)?.measures.find(({ measure }) => measure === 'deployment-frequency');
  return measured?.figures[0].numerator ?? 0;
};

const deployment = (serviceId: string) => {
  const at = '2025-12-20T12:00:00.000Z';
  const stamp = { ...stampOf('person-0198c1a0-1000-7000-8000-000000000001', at), recordedAt: new Date().toISOString() };
  const origin = { system: 'bench', key: uuidv7(), batch: 'bench' };
  const data = {
    origin,
    kind: 'planned',
    serviceId,
    environmentId: 'environment-0',
    production: true,
    digests: [],
    version: origin.key,
    commits: [],
    startedAt: at,
    finishedAt: at,
    outcome: 'succeeded',
    tookTraffic: true,
    ...stamp,
  };
  return {
    stream: `deployment-${uuidv7()}`,
    expect: 'no-stream' as const,
    events: [{ type: 'DeploymentImported', id: uuidv7(), data, envelope: { correlationId: uuidv7() } }],
  };
};

type Figures = Readonly<{
  copyMs: number;
  countedMs: number;
  countingToCopy: number;
  report: Spread;
  sql: Spread;
  sqlToReport: number;
  newDeployment: Spread;
}>;

const linesOf = (figures: Figures & Amounts, facts: number): readonly string[] => {
  const { services, copyMs, countedMs, countingToCopy, report, sql, sqlToReport, newDeployment } = figures;
  const rate = (ms: number): string => Math.round((facts / ms) * 1000).toLocaleString('en-US');
  return [
    `${facts.toLocaleString('en-US')} facts of ${services} services and three years`,
    `COPY of the facts                          ${rate(copyMs).padStart(12)} facts/s`,
    `figures of every service and month         ${rate(countedMs).padStart(12)} facts/s ${`${countingToCopy} ×`.padStart(10)}`,
    `the year by service and month, SQL         ${String(sql.p50).padStart(12)} ms`,
    `the year by service and month, report      ${String(report.p50).padStart(12)} ms      ${`${sqlToReport} ×`.padStart(10)}`,
    `a new deployment is in the report          ${String(newDeployment.p50).padStart(12)} ms; at most ${newDeployment.max}`,
  ];
};
