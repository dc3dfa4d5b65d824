import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { inWords } from '../table.ts';

/** `slipway token --as rita@example.org --role release-manager` */
export const addToken = (program: Command, session: Session): void => {
  program
    .command('token')
    .description('a token of the local issuer, for trying things out: export SLIPWAY_TOKEN=$(slipway token …)')
    .requiredOption('--as <subject>', 'an e-mail address, or the name of a service account')
    .requiredOption('--role <role...>', 'viewer, release-manager, change-approver, deployer, incident-responder, …')
    .action(async ({ as, role }: { as: string; role: string[] }) => {
      const answer = await session.client().post('/local-issuer/token', { as, roles: role });
      await session.show(answer, () => `${inWords(answer['token'])}\n`);
    });
};
