import { run } from '@slipway/cli';
import { type BoundProcess, freePort, startBound } from '@slipway/embedded';
import { roleOf } from '@slipway/event-store';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { watching } from '../distributed/settled.ts';

const ROOT = new URL('../../../../', import.meta.url);
const pathOf = (file: string): string => fileURLToPath(new URL(file, ROOT));

export type Ran = Readonly<{ exitCode: number; out: string; err: string }>;

/** The program itself, as a process of its own, in the name of who has the token. */
export type Slipway = (token: string, words: readonly string[], input?: string) => Promise<Ran>;

export type OneProcess = Readonly<{
  url: string;
  slipway: Slipway;
  /** The same line in this process: to start one takes several times as long as what is asked. */
  line: (token: string, words: readonly string[]) => Promise<Ran>;
  caughtUp: () => Promise<void>;
  stop: () => Promise<void>;
}>;

/** The one process that a newcomer starts, on a database of its own. */
export const startOneProcess = async (env: NodeJS.ProcessEnv): Promise<OneProcess> => {
  const data = await mkdtemp(join(tmpdir(), 'slipway-data-'));
  const [http, grpc] = [await freePort(), await freePort()];
  const standalone = await serving({ ...env, PORT: String(http), GRPC_PORT: String(grpc), SLIPWAY_DATA: data });
  const port = await databasePort(data);
  const watch = watching({
    databaseUrlOf: service => `postgresql://${roleOf(service)}@127.0.0.1:${port}/postgres`,
  });
  const url = `http://localhost:${http}`;
  return {
    url,
    slipway: slipwayAt(url),
    line: lineAt(url),
    caughtUp: watch.settled,
    stop: async () => {
      await watch.end();
      await standalone.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
};

const serving = (env: NodeJS.ProcessEnv): Promise<BoundProcess> =>
  startBound({
    command: process.execPath,
    args: [
      '--no-warnings',
      '--import',
      pathOf('libs/telemetry/dist/start.js'),
      pathOf('services/standalone/dist/main.js'),
    ],
    ready: 'serving on',
    stopSignal: 'TERM',
    env,
  });

/** The fourth line of what PostgreSQL writes down about itself while it runs. */
const databasePort = async (data: string): Promise<number> =>
  Number((await readFile(join(data, 'data', 'postmaster.pid'), 'utf8')).split('\n')[3]);

const lineAt =
  (url: string): OneProcess['line'] =>
  async (token, words) => {
    const printed = { out: '', err: '' };
    const exitCode = await run(words, {
      env: { SLIPWAY_URL: url, SLIPWAY_TOKEN: token },
      out: text => void (printed.out += text),
      err: text => void (printed.err += text),
      paint: (_, text) => text,
    });
    return { exitCode, ...printed };
  };

const MOST = 64 * 1024 * 1024;

const slipwayAt =
  (url: string): Slipway =>
  (token, words, input = '') =>
    new Promise(resolve => {
      const env = { PATH: process.env['PATH'], SLIPWAY_URL: url, SLIPWAY_TOKEN: token };
      const program = ['--no-warnings', pathOf('services/cli/bin/slipway.js'), ...words];
      const child = execFile(process.execPath, program, { env, maxBuffer: MOST }, (error, out, err) =>
        resolve({ exitCode: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
      );
      child.stdin?.on('error', () => undefined); // it may end without having read
      child.stdin?.end(input);
    });
