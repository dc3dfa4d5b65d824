import 'reflect-metadata';
import { rolesThatMay } from '@slipway/edge';
import { freePort } from '@slipway/embedded';
import { serve } from '@slipway/service';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareStandalone } from '../standalone.ts';
import { tokensAt } from '../story/play.ts';
import { tell } from '../story/story.ts';
import { Teller } from '../story/teller.ts';
import { knownNames } from './known.ts';
import { addRecords } from './records.ts';
import { installed, type Outcome, round, STREAMS } from './schemathesis.ts';
import { requestsOf, type Row, tableOf, together } from './table.ts';

// npm run test:openapi [-- --requests 20000 --seed 1 --role viewer … --mode positive --thorough]: what Schemathesis makes up out of the
// OpenAPI document, sent with a token of each role to a fresh system. Ends with 1 when an answer is not as it is described.
const everyRole = rolesThatMay('catalog:read');
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    role: { type: 'string', multiple: true, default: [...everyRole] },
    mode: { type: 'string', default: 'all' },
    thorough: { type: 'boolean', default: false },
  },
});
const { role: roles, mode, thorough } = values;
const [requests, seed] = [Number(values.requests), Number(values.seed)];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
if (!(requests > 0 && Number.isSafeInteger(seed) && roles.every(role => everyRole.includes(role)))) {
  say(`--requests and --seed take a number, --role takes ${everyRole.join(', ')}.`);
  process.exit(2);
}
const MOST_ROUNDS = 20;
// Schemathesis thinks longer than the system answers.
const AT_ONCE = 2;

const command = await installed(say);
const secrets = { github: randomBytes(16).toString('hex'), alertmanager: randomBytes(16).toString('hex') };
process.env['GITHUB_WEBHOOK_SECRET'] = secrets.github;
process.env['ALERTMANAGER_WEBHOOK_TOKEN'] = secrets.alertmanager;
const directory = mkdtempSync(join(tmpdir(), 'slipway-openapi-'));
const [httpPort, grpcPort] = [await freePort(), await freePort()];
const standalone = await prepareStandalone({ directory, ephemeral: true, httpPort, grpcPort, say });
const host = await serve(standalone.host, standalone.stop);
const url = `http://localhost:${httpPort}`;
const stage = { url, tokenFor: tokensAt(url), secrets, say: () => undefined };

say('Telling the story of the demo, so that there is something to ask for …');
await tell(stage);
const teller = new Teller(stage);
await addRecords(teller);
const reader = await teller.as('reader@boutique.example', 'administrator', 'auditor', 'release-manager');
const document = (await reader.reads('/openapi.json')) as Readonly<{ paths: Readonly<Record<string, object>> }>;
const operations = Object.values(document.paths).reduce((sum, item) => sum + Object.keys(item).length, 0);
say(`${operations} operations; those that are streams (${STREAMS}) are left out.`);

/** Rounds over all operations until enough was sent. */
const sentAs = async (role: string): Promise<Row> => {
  const share = requests / roles.length;
  const outcomes: Outcome[] = [];
  const sent = (): number => requestsOf(together(role, outcomes));
  while (sent() < share && outcomes.length < MOST_ROUNDS) {
    const outcome = await round({
      command,
      url,
      directory: mkdtempSync(join(directory, `${role}-`)),
      token: await stage.tokenFor(`${role}@boutique.example`, [role]),
      known: await knownNames(document, reader),
      mode,
      phases: thorough && outcomes.length === 0 ? ['coverage', 'fuzzing'] : ['fuzzing'],
      examples: Math.max(1, Math.ceil((share - sent()) / operations)),
      seed: seed + outcomes.length,
    });
    if (outcome.failures > 0) say(outcome.output);
    outcomes.push(outcome);
  }
  const row = together(role, outcomes);
  say(`${role}: ${requestsOf(row)} requests, ${row.failures} failures`);
  return row;
};

const rows = new Map<string, Row>();
const waiting = [...roles];
const worker = async (): Promise<void> => {
  for (let role = waiting.shift(); role !== undefined; role = waiting.shift()) rows.set(role, await sentAs(role));
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
const table = roles.flatMap(role => rows.get(role) ?? []);
say(`\nseed ${seed}\n${tableOf(table)}`);
await host.close();
await standalone.stop();
rmSync(directory, { recursive: true, force: true });
const all = together('together', table);
process.exit(all.failures === 0 && requestsOf(all) >= requests ? 0 : 1);
