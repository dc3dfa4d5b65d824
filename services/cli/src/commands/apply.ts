import type { Command } from 'commander';
import { documentIn } from '../document.ts';
import { exitCodes } from '../failures.ts';
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
      const document = await documentIn(file, 'services:, environments:, people:');
      const answer = await session.client().post('/v1/catalog/import', document, { dryRun });
      const records = answer['records'] as unknown as readonly ImportedRecord[];
      await session.show(answer, () => inDifference(records, dryRun, session));
      if (records.some(({ outcome }) => outcome === 'refused')) session.exit(exitCodes.failed);
    });
};
