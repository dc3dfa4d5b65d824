import { Command, CommanderError } from 'commander';
import { addApply } from './commands/apply.ts';
import { addChange } from './commands/change.ts';
import { addChangeTasks } from './commands/change-tasks.ts';
import { addConsumers } from './commands/consumers.ts';
import { addDeployment } from './commands/deployment.ts';
import { addExport } from './commands/export.ts';
import { addGate } from './commands/gate.ts';
import { addIncidentSteps } from './commands/incidents.ts';
import { addKey } from './commands/key.ts';
import { addLogin } from './commands/login.ts';
import { addMigrate } from './commands/migrate.ts';
import { addRecords } from './commands/records.ts';
import { addReleases } from './commands/releases.ts';
import { addReport } from './commands/report.ts';
import { addStore } from './commands/store.ts';
import { addToken } from './commands/token.ts';
import { addTrail } from './commands/trail.ts';
import { exitCodes, messageOf, WrongUsage } from './failures.ts';
import { Session } from './session.ts';
import type { Surroundings } from './surroundings.ts';

const ADDRESS = 'http://localhost:3000';

/** Runs one command line and answers its exit code: 0 done, 1 failed, 2 wrong usage, and what `gate` says. */
export const run = async (words: readonly string[], surroundings: Surroundings): Promise<number> => {
  let exitCode: number = exitCodes.done;
  const session = new Session(surroundings, code => {
    exitCode = code;
  });
  try {
    await programOf(session, surroundings).parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said why; help that was asked for is no failure.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
    surroundings.err(messageOf(error));
    return error instanceof WrongUsage ? exitCodes.wrongUsage : exitCodes.failed;
  }
};

const COMMANDS = [
  addLogin,
  addToken,
  addKey,
  addApply,
  addExport,
  addRecords,
  addReleases,
  addChange,
  addChangeTasks,
  addDeployment,
  addIncidentSteps,
  addTrail,
  addReport,
  addGate,
  addMigrate,
  addStore,
  addConsumers,
];

const programOf = (session: Session, { out, err }: Surroundings): Command => {
  const program = new Command('slipway')
    .description('Releases, changes, deployments and incidents, from plan to report.')
    .option('--url <address>', `where Slipway answers (SLIPWAY_URL; ${ADDRESS} when neither is given)`)
    .option('--token <token>', 'who asks (SLIPWAY_TOKEN); `slipway token` makes one for trying things out')
    .option('--json', 'JSON for machines instead of text for people')
    .configureOutput({ writeOut: out, writeErr: err })
    .showHelpAfterError('(--help tells more)')
    .exitOverride();
  session.listen(program, ADDRESS);
  program.hook('preAction', (_, command) => session.takeUp(command.name()));
  for (const add of COMMANDS) add(program, session);
  return program;
};
