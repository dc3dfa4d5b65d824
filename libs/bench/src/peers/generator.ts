import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { applyLoad, type Load, type LoadCount } from '../load.ts';
import { serve } from '../serve.ts';

/** Asks an application over connections that stay open. Every answer that is no success ends the run. */

export type Site = Readonly<{ port: number; tokens: readonly string[] }>;

const RELEASES = 5_000;
const PREPARING = 32;
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const releases = new Map<number, readonly string[]>();

const post = async ({ port, tokens }: Site, turn: number, path: string, body: object): Promise<string> => {
  const sent = JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${tokens[turn % tokens.length]}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(sent),
    'idempotency-key': uuidv7(),
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, resolve).on('error', reject).end(sent);
  });
  const said = await text(response);
  if (response.statusCode !== 200 && response.statusCode !== 201)
    throw new Error(`${path}: ${response.statusCode} ${said}`);
  return said;
};

const draft = async (site: Site, turn: number): Promise<string> => {
  const said = await post(site, turn, '/v1/releases', { title: `Release ${turn}`, class: 'minor' });
  return (JSON.parse(said) as { id: string }).id;
};

const addScopeItem = (site: Site, turn: number): Promise<string> => {
  const drafted = releases.get(site.port) ?? [];
  const body = {
    key: uuidv7(),
    kind: 'feature',
    title: 'The window moves with the freeze, and all that was promised for it',
  };
  return post(site, turn, `/v1/releases/${drafted[turn % drafted.length]}/add-scope-item`, body);
};

const methods = {
  /** Drafts the releases that the commands are about. */
  prepare: async (site: Site): Promise<void> => {
    const drafted: string[] = [];
    const turns = Array.from({ length: RELEASES }).keys();
    const lane = async (): Promise<void> => {
      for (const turn of turns) drafted.push(await draft(site, turn));
    };
    await Promise.all(Array.from({ length: PREPARING }, lane));
    releases.set(site.port, drafted);
  },
  run: ({ site, ...load }: Load & { site: Site }): Promise<LoadCount> =>
    applyLoad(load, async turn => {
      await addScopeItem(site, turn);
      return 1;
    }),
};

export type GeneratorMethods = typeof methods;
serve(methods, async () => agent.destroy());
