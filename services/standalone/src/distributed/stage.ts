import { createHost } from '@slipway/service';
import { freePort } from '@slipway/embedded';
import { localIssuer } from '@slipway/edge';
import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareStandalone } from '../standalone.ts';
import type { Watchable } from './settled.ts';
import type { Told } from '../story/story.ts';
import type { Reply, Stage } from '../story/teller.ts';

export type Standing = Omit<Stage, 'say' | 'between'> & Watchable & Readonly<{ stop: () => Promise<void> }>;

/** All services in this process, on a PostgreSQL of their own, events over the log. */
export const startStandalone = async (): Promise<Standing> => {
  const secrets = { github: randomUUID(), alertmanager: randomUUID() };
  process.env['GITHUB_WEBHOOK_SECRET'] = secrets.github;
  process.env['ALERTMANAGER_WEBHOOK_TOKEN'] = secrets.alertmanager;
  const directory = await mkdtemp(join(tmpdir(), 'slipway-story-'));
  const ports = { httpPort: await freePort(), grpcPort: await freePort() };
  const standalone = await prepareStandalone({ directory, ephemeral: true, ...ports, say: () => undefined });
  const issuer = await localIssuer('https://issuer.test', 'slipway');
  const host = await createHost({ ...standalone.host, issuer });
  await host.app.startAllMicroservices();
  await host.app.listen(ports.httpPort);
  return {
    url: `http://127.0.0.1:${ports.httpPort}`,
    tokenFor: (subject, roles) => issuer.sign(subject, roles),
    secrets,
    databaseUrlOf: standalone.host.urlOf,
    stop: async () => {
      await host.close();
      await standalone.stop();
    },
  };
};

/** The trail of release 2 and the reports of that period, once nothing moves any more. */
export const lookedAgain = async (
  { url, tokenFor }: Pick<Stage, 'url' | 'tokenFor'>,
  { reports: { together } }: Told,
): Promise<Told> => {
  const roles = ['auditor', 'release-manager'];
  const headers = { Authorization: `Bearer ${await tokenFor('audrey@boutique.example', roles)}` };
  const read = async (path: string): Promise<Reply['body']> => {
    const response = await fetch(`${url}${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Reply['body'];
  };
  const report = (service = '') =>
    read(
      `/v1/reports/delivery?environment=production&from=${together['from']}&to=${together['to']}${service && `&service=${service}`}`,
    );
  const { items } = await read('/v1/releases?q=Express%20checkout');
  return {
    trail: await read(`/v1/audit/trail/${items[0].number}?pageSize=200`),
    reports: {
      together: await report(),
      productcatalogservice: await report('productcatalogservice'),
      checkoutservice: await report('checkoutservice'),
    },
  };
};
