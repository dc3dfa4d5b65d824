import type { Command } from 'commander';
import { Problem } from '../failures.ts';
import type { Session } from '../session.ts';
import { inWords } from '../table.ts';

const OUTSIDE = new Problem(404, 'no-local-issuer', 'This Slipway takes the tokens of your own issuer: get one there.');

/** `slipway token --as rita@example.org --role release-manager` */
export const addToken = (program: Command, session: Session): void => {
  program
    .command('token')
    .description('make a token for trying things out, of the local issuer: export SLIPWAY_TOKEN=$(slipway token …)')
    .requiredOption('--as <subject>', 'an e-mail address, or the name of a service account')
    .option('--role <role...>', 'such as viewer or release-manager; none: only what the catalog grants counts')
    .action(async ({ as, role = [] }: { as: string; role?: string[] }) => {
      const answer = await session
        .client()
        .post('/local-issuer/token', { as, roles: role })
        .catch((error: unknown) => {
          throw error instanceof Problem && error.status === 404 ? OUTSIDE : error;
        });
      await session.show(answer, () => `${inWords(answer['token'])}\n`);
    });
};
