import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { commandNamed, NOTE, REASON, step, type Steps, tell } from './steps.ts';

/** `slipway problem open --title … --incident INC-7`, `slipway problem resolve PRB-1 --change CHG-3` */
export const addProblemSteps = (program: Command, session: Session): void => {
  const steps: Steps = { command: commandNamed(program, 'problem'), session, path: '/v1/problems' };
  addOpen(steps);
  step(steps, 'link-incident <incident>', 'link another incident that it is behind');
  step(steps, 'record-workaround <workaround>', 'say how to live with it; kept encrypted');
  step(steps, 'declare-known-error', 'say that its root cause is known').requiredOption(
    '--root-cause <text>',
    'kept encrypted',
  );
  step(steps, 'link-change <change>', 'link a change that is to resolve it');
  step(steps, 'resolve', 'say that it is gone')
    .option('--change <change>', 'that resolved it: an id or a number')
    .option(...NOTE);
  step(steps, 'reopen', 'say that it is not gone').requiredOption(...REASON);
  step(steps, 'close', 'close it: nothing is left to do');
};

type Opened = Readonly<{ title: string; service?: readonly string[]; incident?: readonly string[] }>;

const addOpen = (steps: Steps): void => {
  steps.command
    .command('open')
    .description('open one: there is something behind incidents')
    .requiredOption('--title <title>', 'published as it is: it names nobody')
    .option('--service <service...>', 'names or ids')
    .option('--incident <incident...>', 'ids or numbers')
    .option('--owner <who>', 'an address or an account; who opens it when absent')
    .option('--description <text>', 'kept encrypted')
    .action(async ({ service: services, incident: incidents, ...said }: Opened) =>
      tell(steps, await steps.session.client().post(steps.path, { ...said, services, incidents })),
    );
};
