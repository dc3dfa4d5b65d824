import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILES = fileURLToPath(new URL('../../schemathesis/', import.meta.url));
const REQUIREMENTS = join(FILES, 'requirements.txt');
const MODULES = fileURLToPath(new URL('../../../../node_modules/', import.meta.url));
const CHECKS = [
  'not_a_fault', // of hooks.py: no 5xx but a 503 that says when to come again
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
];
/** A stream of events does not end, so that there is no answer to compare. */
export const STREAMS = '/live$';

/** The pinned Schemathesis. It is installed when it is not there: that alone needs the network, and Python 3.11. */
export const installed = async (say: (line: string) => void): Promise<string> => {
  const pinned = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const directory = join(MODULES, `.schemathesis-${pinned}`);
  const whole = join(directory, 'whole');
  if (!existsSync(whole)) {
    say('Installing Schemathesis from PyPI, which takes the network and Python 3.11, once …');
    rmSync(directory, { recursive: true, force: true });
    await succeeded(process.env['PYTHON'] ?? 'python3', ['-m', 'venv', directory]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--requirement', REQUIREMENTS];
    await succeeded(join(directory, 'bin', 'python'), pip);
    writeFileSync(whole, '');
  }
  return join(directory, 'bin', 'schemathesis');
};

const succeeded = async (command: string, args: readonly string[]): Promise<void> => {
  const [code] = (await once(spawn(command, args, { stdio: 'inherit' }), 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
};

export type Round = Readonly<{
  command: string;
  url: string;
  token: string;
  phases: readonly string[];
  /** `positive`: only what is as it is described; `negative`: only what is not; `all`. */
  mode: string;
  /** Requests to each operation, about. */
  examples: number;
  seed: number;
  /** By the path of a list: names of what is in it. */
  known: Readonly<Record<string, readonly string[]>>;
  /** For its reports. */
  directory: string;
}>;

/** `answered`: how often, by status. `failures`: what did not hold, counted by kind. */
export type Outcome = Readonly<{
  answered: Readonly<Record<string, number>>;
  failures: number;
  output: string;
}>;

type Report = Readonly<{ failures: readonly Readonly<{ count: number }>[]; errors: readonly unknown[] }>;

/** Sends what it makes up out of the document, and holds the answers against it. */
export const round = async ({ command, directory, known, ...wanted }: Round): Promise<Outcome> => {
  const report = join(directory, 'report.json');
  const answered = join(directory, 'answered.json');
  for (const file of [report, answered]) rmSync(file, { force: true });
  const child = spawn(command, argsOf(wanted, report), {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PYTHONPATH: FILES,
      PYTHONDONTWRITEBYTECODE: '1',
      SCHEMATHESIS_HOOKS: 'hooks',
      SLIPWAY_KNOWN: JSON.stringify(known),
      SLIPWAY_ANSWERED: answered,
    },
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  const output = Buffer.concat(said).toString();
  if (!existsSync(report)) throw new Error(`Schemathesis ended with ${code}:\n${output}`);
  const { failures, errors } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const failed = failures.reduce((sum, { count }) => sum + count, errors.length);
  return {
    answered: JSON.parse(readFileSync(answered, 'utf8')) as Outcome['answered'],
    failures: code === 0 ? failed : Math.max(1, failed),
    output,
  };
};

const argsOf = (
  { url, token, phases, mode, examples, seed }: Omit<Round, 'command' | 'directory' | 'known'>,
  report: string,
) => [
  'run',
  `${url}/openapi.json`,
  `--header=Authorization: Bearer ${token}`,
  `--phases=${phases.join(',')}`,
  `--checks=${CHECKS.join(',')}`,
  `--exclude-path-regex=${STREAMS}`,
  `--mode=${mode}`,
  `--max-examples=${examples}`,
  `--seed=${seed}`,
  '--generation-database=none',
  '--suppress-health-check=all',
  '--request-timeout=30',
  '--warnings=off',
  '--report=json',
  `--report-json-path=${report}`,
  '--continue-on-failure',
  '--no-color',
];
