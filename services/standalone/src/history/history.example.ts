import { ENVIRONMENT_NAMES, SERVICE_NAMES } from '@slipway/cli/testing';
import { importedId } from '@slipway/records';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOneProcess } from '../walk/one-process.ts';

export const A_MINUTE = 60_000;

export type Json = Readonly<Record<string, unknown>>;
type Ids = Readonly<Record<string, string>>;

/** The one process that a newcomer starts, with a small catalog, and history that is brought in by the program itself. */
export type History = Readonly<{
  /** Ids by name. */
  services: Ids;
  environments: Ids;
  fileOf: (name: string, text: string | Uint8Array) => Promise<string>;
  importing: (kind: string, file: string, ...more: string[]) => Promise<Readonly<{ exitCode: number; said: Json }>>;
  /** What the events say by which a record was imported. */
  factsOf: (category: string, system: string, key: string) => Promise<readonly Json[]>;
  get: (path: string) => Promise<Json>;
  caughtUp: () => Promise<void>;
  stop: () => Promise<void>;
}>;

export const startHistory = async (): Promise<History> => {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-history-'));
  const running = await startOneProcess({});
  const { out } = await running.line('', ['token', '--as', 'ada@example.org', '--role', 'administrator']);
  const ask = askingAt(running.url, out.trim());
  const { services, environments } = await registered(ask.post);
  await running.caughtUp();
  return {
    services,
    environments,
    fileOf: async (name, text) => {
      await writeFile(join(directory, name), text);
      return join(directory, name);
    },
    importing: async (kind, file, ...more) => {
      const { exitCode, out: said, err } = await running.slipway(out.trim(), ['--json', 'import', kind, file, ...more]);
      if (!said.startsWith('{')) throw new Error(`${exitCode}: ${err}`);
      return { exitCode, said: JSON.parse(said) as Json };
    },
    factsOf: async (category, system, key) => {
      const { items } = await ask.get(`${category}s/${importedId(category, system, key)}/events`);
      return (items as readonly { type: string; facts: Json }[])
        .filter(({ type }) => type.endsWith('Imported'))
        .map(({ facts }) => facts);
    },
    get: ask.get,
    caughtUp: running.caughtUp,
    stop: async () => {
      await running.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

const askingAt = (url: string, token: string) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const asked = async (path: string, sent: object): Promise<Json> => {
    const response = await fetch(`${url}/v1/${path}`, { headers, ...sent });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as Json;
  };
  return {
    get: (path: string) => asked(path, {}),
    post: (path: string, body: object) => asked(path, { method: 'POST', body: JSON.stringify(body) }),
  };
};

const registered = async (post: (path: string, body: object) => Promise<Json>) => {
  const ids = async (names: readonly string[], one: (name: string) => Promise<Json>): Promise<Ids> =>
    Object.fromEntries(await Promise.all(names.map(async name => [name, (await one(name))['id'] as string] as const)));
  await post('teams', { name: 'shop', title: 'Shop' });
  const told = { ownerTeam: 'shop', criticality: 'high' };
  const services = await ids(SERVICE_NAMES, name =>
    post('services', { name: name.replace('octo/', ''), title: name, aliases: [name, ...aliasesOf(name)], ...told }),
  );
  const environments = await ids(ENVIRONMENT_NAMES, name =>
    post('environments', { name, title: name, tier: name, region: 'eu', timeZone: 'UTC' }),
  );
  return { services, environments };
};

/** Names under which data that others recorded speaks of services; `twin` may be any. */
const aliasesOf = (name: string): readonly string[] =>
  name === 'octo/checkout' ? ['twin', 'Codertocat/Hello-World', 'root/test-deployment-webhooks'] : ['twin'];

export const linesOf = async <Line>(file: string): Promise<readonly Line[]> =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line);
