import { startServices } from '@slipway/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';

// One PostgreSQL and one Kafka for the tests of all projects. Quiet when green: the output of what failed, and the counts.

type Suite = Readonly<{
  name: string;
  status: string;
  message: string; // every failure of the suite, or why it could not be run
}>;
type Counts = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: readonly Suite[];
}>;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
// What a failed test leaves open can keep its run from ever ending: then it is ended, and says what it said so far.
const ENDS_WITHIN_MS = 12 * 60_000;
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
  const late = setTimeout(() => {
    say(`${target} did not end in ${ENDS_WITHIN_MS / 60_000} minutes`);
    stop();
  }, ENDS_WITHIN_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(late);
  process.off('SIGTERM', stop);
  if (code !== 0) process.stderr.write(Buffer.concat(said));
  return code === 0;
};

const results = (): Counts[] => globSync(RESULTS).map(file => JSON.parse(readFileSync(file, 'utf8')) as Counts);

// Once more at the end, where whoever reads a long output looks first.
const sayFailures = (): void => {
  const failed = results().flatMap(({ testResults }) => testResults.filter(({ status }) => status === 'failed'));
  for (const { name, message } of failed) say(`\nFAILED ${relative('.', name)}\n${message}`);
};

const counted = (): { passed: number; failed: number; skipped: number } => {
  const all = results();
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
sayFailures();
const { passed, failed, skipped } = counted();
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = green && failed === 0 && passed > 0 ? 0 : 1;
