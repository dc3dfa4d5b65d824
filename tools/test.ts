import { startServices } from '@slipway/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, rmSync } from 'node:fs';

// One PostgreSQL and one Kafka for the tests of all projects. Quiet when green: the output of what failed, and the counts.

type Counts = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
}>;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const RESULTS = '{libs,services}/*/test-results/*.json';

const nx = async (target: string): Promise<boolean> => {
  const args = ['node_modules/.bin/nx', 'run-many', '-t', target, '--parallel', '2', '--outputStyle', 'static'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  const watch = (chunk: Buffer): void => {
    said.push(chunk);
    for (const [line] of chunk.toString().matchAll(/^.*nx run \S+.*$/gm)) if (process.stderr.isTTY) say(line.trim());
  };
  child.stdout.on('data', watch);
  child.stderr.on('data', watch);
  const stop = (): boolean => child.kill();
  process.on('SIGTERM', stop);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGTERM', stop);
  if (code !== 0) process.stderr.write(Buffer.concat(said));
  return code === 0;
};

const counted = (): { passed: number; failed: number; skipped: number } => {
  const all = globSync(RESULTS).map(file => JSON.parse(readFileSync(file, 'utf8')) as Counts);
  const sum = (of: (counts: Counts) => number): number => all.reduce((total, counts) => total + of(counts), 0);
  return {
    passed: sum(({ numPassedTests }) => numPassedTests),
    failed: sum(({ numFailedTests, numRuntimeErrorTestSuites }) => numFailedTests + numRuntimeErrorTestSuites),
    skipped: sum(({ numPendingTests }) => numPendingTests),
  };
};

process.on('SIGINT', () => undefined); // reaches nx too, from the terminal: we wait for its end
const given = process.argv.slice(2);
const targets = given.length > 0 ? given : ['test', 'test:int'];
for (const file of globSync(RESULTS)) rmSync(file);
const stop = targets.some(target => target !== 'test') ? await startServices() : async () => undefined;
let green = true;
for (const target of targets) {
  say(`Running ${target} of every project …`);
  green = (await nx(target)) && green;
}
await stop();
const { passed, failed, skipped } = counted();
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = green && failed === 0 && passed > 0 ? 0 : 1;
