import { Command, InvalidArgumentError, Option } from 'commander';
import { faults } from './faults/all.ts';
import { mutants } from './mutants/all.ts';

export type Options = Readonly<{
  minutes: number;
  long?: boolean;
  seed: number;
  /** Events a second. */
  rate: number;
  /** Kinds of faults; all when absent. */
  only?: readonly string[];
  json?: string;
  mutant?: string;
}>;

/** Ends the process on `--help` and on wrong usage. */
export const optionsFrom = (words: readonly string[]): Options =>
  new Command('npm run test:faults --')
    .description('Does faults of every kind to the event store under load, then counts what must not have happened.')
    .option('--minutes <count>', 'from start to end, about; 10 or more: with faults at their full length', aNumber, 3)
    .option('--long', 'with faults at their full length in any case')
    .option('--seed <number>', 'draws the same faults again', aNumber, Date.now() % 2 ** 31)
    .option('--rate <events>', 'a second', aNumber, 500)
    .addOption(new Option('--only <kinds...>', 'faults of these kinds').choices(faults.map(({ kind }) => kind)))
    .addOption(
      new Option('--mutant <name>', 'with a fault of its own built in: a row must not be 0').choices(
        mutants.map(({ name }) => name),
      ),
    )
    .option('--json <file>', 'writes the figures')
    .parse([...words], { from: 'user' })
    .opts<Options>();

const aNumber = (text: string): number => {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
};
