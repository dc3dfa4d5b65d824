import 'reflect-metadata';
import { freePort } from '@slipway/embedded';
import { serve } from '@slipway/service';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orGiveUp, prepareStandalone } from './standalone.ts';
import { play } from './story/play.ts';

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
const standalone = await orGiveUp(prepareStandalone({ directory, ephemeral: true, httpPort, grpcPort, say }));
const host = await serve(standalone.host, standalone.stop);
const url = `http://localhost:${httpPort}`;

const asByHand = await play({ url, secrets, say });
if (exits || !asByHand) {
  await host.close();
  await standalone.stop();
  process.exit(asByHand ? 0 : 1);
}
say(
  `\nSlipway goes on serving: ${url}/docs. Try: SLIPWAY_TOKEN=$(npx slipway token --as rita@boutique.example --role release-manager) npx slipway release list`,
);
say('Ctrl-C ends it, and its data.');
