import type { Command } from 'commander';
import { stringify } from 'yaml';
import type { Session } from '../session.ts';

/** `slipway export > catalog.yaml` */
export const addExport = (program: Command, session: Session): void => {
  program
    .command('export')
    .description(
      'the catalog as a document that `apply` takes: applied again, nothing changes; role grants are in it for administrators',
    )
    .action(async () => {
      const document = await session.client().get('/v1/catalog/export');
      await session.show(document, () => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }));
    });
};
