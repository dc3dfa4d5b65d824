import 'reflect-metadata';
import { run } from '@slipway/cli';
import { freePort } from '@slipway/embedded';
import { serve } from '@slipway/service';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareStandalone } from './standalone.ts';
import { difference } from './story/by-hand.ts';
import { tell } from './story/story.ts';

// npm run demo [-- --exit]: one story from plan to report, on a database that goes with the process.
const exits = process.argv.includes('--exit');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

// The tools of the story sign what they send; these secrets live as long as the process.
const secrets = { github: randomBytes(16).toString('hex'), alertmanager: randomBytes(16).toString('hex') };
process.env['GITHUB_WEBHOOK_SECRET'] = secrets.github;
process.env['ALERTMANAGER_WEBHOOK_TOKEN'] = secrets.alertmanager;

const httpPort = process.env['PORT'] ? Number(process.env['PORT']) : exits ? await freePort() : 3000;
const grpcPort = process.env['GRPC_PORT'] ? Number(process.env['GRPC_PORT']) : exits ? await freePort() : 50051;
const directory = await mkdtemp(join(tmpdir(), 'slipway-demo-'));
const standalone = await prepareStandalone({ directory, ephemeral: true, httpPort, grpcPort, say });
const host = await serve(standalone.host, standalone.stop);
const url = `http://localhost:${httpPort}`;

const tokenFor = async (as: string, roles: readonly string[]): Promise<string> => {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${url}/local-issuer/token`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ as, roles }),
  });
  return ((await response.json()) as { token: string }).token;
};

const { reports } = await tell({ url, tokenFor, secrets, say });

/** What a user would type, and what it prints. */
const type = async (...words: string[]): Promise<void> => {
  const env = {
    ...process.env,
    SLIPWAY_URL: url,
    SLIPWAY_TOKEN: await tokenFor('audrey@boutique.example', ['auditor']),
  };
  say(`\n$ slipway ${words.join(' ')}`);
  const out = (text: string): void => void process.stdout.write(text);
  const code = await run(words, { env, out, err: out, paint: (_, text) => text });
  if (code !== 0) throw new Error(`slipway ${words.join(' ')} ended with ${code}`);
};
await type('trail', 'REL-2');
await type('report', '--environment', 'production');
await type('report', '--environment', 'production', '--service', 'checkoutservice');

const wrong = difference(reports);
say(
  wrong.length === 0
    ? '\nThe report says what was worked out by hand.'
    : `\nThe report differs from what was worked out by hand:\n${wrong.join('\n')}`,
);
if (exits || wrong.length > 0) {
  await host.close();
  await standalone.stop();
  process.exit(wrong.length === 0 ? 0 : 1);
}
say(
  `\nSlipway goes on serving: ${url}/docs. Try: SLIPWAY_TOKEN=$(npx slipway token --as rita@boutique.example --role release-manager) npx slipway release list`,
);
say('Ctrl-C ends it, and its data.');
