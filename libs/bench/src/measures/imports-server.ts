import { freePort } from '@slipway/embedded';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchIssuer, startIssuer } from '../issuer.ts';
import { serviceNamed, SERVICES } from './imports-file.ts';
import { type Program, query, startProgram } from './stage.ts';

/** Everything in one process, as `npm start` runs it, with a database that stays when it is killed. */
export type Server = Readonly<{
  program: Program;
  /** The same after it was killed. */
  url: string;
  token: string;
  sql: <Row extends Record<string, unknown>>(text: string) => Promise<readonly Row[]>;
  /** SIGKILL, and started again on the same database. */
  killed: () => Promise<Server>;
  stop: () => Promise<void>;
}>;

export const startServer = async (): Promise<Server> => {
  const issuer = await startIssuer();
  const directory = await mkdtemp(join(tmpdir(), 'bench-import-'));
  const token = await issuer.sign('ada@example.org', ['administrator', 'integration']);
  const ports = { PORT: String(await freePort()), GRPC_PORT: String(await freePort()) };
  const server = await serverOn({ directory, issuer, token, ports });
  await register(server);
  return server;
};

type Home = Readonly<{
  directory: string;
  issuer: BenchIssuer;
  token: string;
  ports: Readonly<{ PORT: string; GRPC_PORT: string }>;
}>;

const serverOn = async (home: Home): Promise<Server> => {
  const { directory, issuer, token, ports } = home;
  const program = await startProgram('services/standalone/dist/main.js', {
    SLIPWAY_DATA: directory,
    ...issuer.environment,
    ...ports,
  });
  const database = await databaseIn(directory);
  return {
    program,
    url: `http://127.0.0.1:${ports.PORT}`,
    token,
    sql: text => query(database, text),
    killed: async () => {
      await program.kill();
      return serverOn(home);
    },
    stop: async () => {
      await program.stop();
      await issuer.stop();
      await rm(directory, { recursive: true });
    },
  };
};

// Its port is the fourth line of what PostgreSQL says of itself.
const databaseIn = async (directory: string): Promise<string> => {
  const said = await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8');
  return `postgresql://postgres@127.0.0.1:${said.split('\n')[3]}/postgres`;
};

const register = async ({ url, token }: Server): Promise<void> => {
  const post = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${url}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${response.status} for ${path}: ${await response.text()}`);
  };
  await post('teams', { name: 'shop', title: 'Shop' });
  for (const tier of ['production', 'staging'])
    await post('environments', { name: tier, title: tier, tier, region: 'eu', timeZone: 'UTC' });
  for (let nth = 0; nth < SERVICES; nth += 1) {
    const name = serviceNamed(nth);
    await post('services', { name, title: name, ownerTeam: 'shop', criticality: 'high' });
  }
};
