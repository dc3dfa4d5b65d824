import { Argument, Command, InvalidArgumentError } from 'commander';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineWith } from '../machine.ts';
import { say } from '../say.ts';
import { SERVER_SETTINGS } from '../stage.ts';
import { measures } from './index.ts';

type Given = Readonly<{ minutes?: number; scale?: number; rows?: number; json?: string }>;

/** `npm run bench -- measure …`: the words after `measure`. Ends the process after `--help` and at what it does not understand. */
export const runMeasure = async (words: readonly string[]): Promise<void> => {
  const command = new Command('npm run bench -- measure')
    .description('One figure of Slipway alone, on a server and a broker of its own')
    .addArgument(new Argument('<name>', 'what is measured').choices(Object.keys(measures)))
    .option('--minutes <n>', 'how long the load runs, where its length is free', positive)
    .option('--scale <n>', 'of the amounts: 0.01 for a quick look', positive)
    .option('--rows <n>', 'that are imported, in place of a million', positive)
    .option('--json <file>', 'every figure')
    .parse(words, { from: 'user' });
  const { json, ...options } = command.opts<Given>();
  const name = command.args[0] ?? '';
  const result = await measures[name]?.({ ...options, say });
  if (!result) return;
  process.stdout.write(`${result.lines.join('\n')}\n`);
  const whole = { measure: name, machine: await machine(), settings: SERVER_SETTINGS, ...result.figures };
  if (json) await writeFile(json, `${JSON.stringify(whole, undefined, 2)}\n`);
};

const machine = async (): Promise<unknown> => {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    return await machineWith(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
};

const positive = (word: string): number => {
  const value = Number(word);
  if (!(value > 0)) throw new InvalidArgumentError('A number above 0.');
  return value;
};
