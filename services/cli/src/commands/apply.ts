import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { text as allOf } from 'node:stream/consumers';
import { parse } from 'yaml';
import { exitCodes, WrongUsage } from '../failures.ts';
import { type ImportedRecord, inDifference } from '../difference.ts';
import type { Session } from '../session.ts';

type Options = Readonly<{ file: string; dryRun?: boolean }>;

/** `slipway apply -f catalog.yaml` */
export const addApply = (program: Command, session: Session): void => {
  program
    .command('apply')
    .description('bring services, environments, people, service accounts and role grants to what a YAML file says')
    .requiredOption('-f, --file <file>', 'the file; - reads from standard input')
    .option('--dry-run', 'only show what would happen')
    .action(async ({ file, dryRun = false }: Options) => {
      const document = documentIn(await textOf(file), file);
      const answer = await session.client().post('/v1/catalog/import', document, { dryRun });
      const records = answer['records'] as unknown as readonly ImportedRecord[];
      await session.show(answer, () => inDifference(records, dryRun, session));
      if (records.some(({ outcome }) => outcome === 'refused')) session.exit(exitCodes.failed);
    });
};

export const textOf = async (file: string): Promise<string> => {
  try {
    return file === '-' ? await allOf(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new WrongUsage(`${file} cannot be read: ${(error as Error).message}.`);
  }
};

/** YAML, or JSON, which is YAML too. */
const documentIn = (text: string, file: string): object => {
  const document = valueIn(text, file);
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document;
  throw new WrongUsage(`${file} holds no document: it begins with services:, environments:, people: …`);
};

export const valueIn = (text: string, file: string): unknown => {
  try {
    // Bounded, so that a small file stays small.
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new WrongUsage(`${file} is not YAML: ${(error as Error).message}`);
  }
};
