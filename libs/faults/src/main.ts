import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from './mutants/all.ts';
import { optionsFrom } from './options.ts';
import { json, rowsOf, table } from './report.ts';
import { run } from './suite.ts';

const { minutes, long, seed, rate, only, json: file, mutant } = optionsFrom(process.argv.slice(2));
const began = performance.now();
const say = (line: string): void => {
  process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${line}\n`);
};

const name = `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}-seed-${seed}${mutant ? `-${mutant}` : ''}`;
const directory = join(fileURLToPath(new URL('../../../test-results/faults/', import.meta.url)), name);
await mkdir(directory, { recursive: true });
say(`Seed ${seed}`);
const found = await run({
  directory,
  minutes,
  long,
  seed,
  rate,
  only,
  mutant: mutants.find(each => each.name === mutant),
  say,
});
const rows = rowsOf(found);
const figures = `${JSON.stringify(json(found), undefined, 2)}\n`;
await writeFile(join(directory, 'figures.json'), figures);
if (file) await writeFile(file, figures);
const broken = rows.filter(({ holds }) => !holds).length;
process.stdout.write(
  `${table(rows)}\n\n${found.events} events, ${found.faults.length} faults, ${found.seconds} s, seed ${seed}\n`,
);
process.stdout.write(`Raw run: ${directory}\n`);
process.stdout.write(`${rows.length - broken} passed, ${broken} failed, 0 skipped\n`);
process.exitCode = broken > 0 ? 1 : 0;
