import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export const SERVICES = 500;
/** One in so many names a service that nobody knows. */
const BAD = 1_000;
const FROM = Date.UTC(2024, 0, 1);
const APART_MS = 60_000;
const ROWS_A_WRITE = 1_000;

export const serviceNamed = (nth: number): string => `service-${nth % SERVICES}`;
const isBad = (nth: number): boolean => nth % BAD === 0;
// Of one length, so that they are in their order as texts, too.
const keyOf = (nth: number): string => `deployment-${String(nth).padStart(8, '0')}`;
const startOf = (nth: number): string => new Date(FROM + nth * APART_MS).toISOString();
const outcomeOf = (nth: number): string => (nth % 20 === 1 ? 'failed' : 'succeeded');

/** A deployment as a pipeline tells of it. */
const rowOf = (nth: number): string =>
  JSON.stringify({
    key: keyOf(nth),
    url: `https://ci.example/shop/${serviceNamed(nth)}/deployments/${nth}`,
    service: isBad(nth) ? 'nobody' : serviceNamed(nth),
    environment: nth % 4 === 0 ? 'staging' : 'production',
    version: `2.${nth}.0`,
    commit: createHash('sha1').update(String(nth)).digest('hex'),
    change: { system: 'servicenow', key: `CHG${nth}` },
    requestedAt: startOf(nth),
    startedAt: startOf(nth),
    finishedAt: new Date(FROM + nth * APART_MS + 240_000).toISOString(),
    outcome: outcomeOf(nth),
    tookTraffic: true,
  });

export type Expected = Readonly<{ records: number; refused: number; digest: string }>;

/** Writes so many rows, and answers what has to come of them. */
export const writeRows = async (file: string, rows: number): Promise<Expected> => {
  const out = createWriteStream(file);
  const hash = createHash('md5');
  let refused = 0;
  for (let from = 0; from < rows; from += ROWS_A_WRITE) {
    const some = Array.from({ length: Math.min(ROWS_A_WRITE, rows - from) }, (_, nth) => from + nth);
    if (!out.write(`${some.map(rowOf).join('\n')}\n`)) await once(out, 'drain');
    for (const nth of some) {
      if (isBad(nth)) refused += 1;
      else hash.update(`${keyOf(nth)} ${startOf(nth)} ${outcomeOf(nth)}\n`);
    }
  }
  out.end();
  await finished(out);
  return { records: rows - refused, refused, digest: hash.digest('hex') };
};

/** The same of what was imported: for the schema of deployment-execution. */
export const DIGEST = `
  SELECT md5(string_agg(format('%s %s %s', key, facts ->> 'startedAt', facts ->> 'outcome') || chr(10), '' ORDER BY key COLLATE "C")) AS digest
  FROM deployment_execution.imported_v1`;
