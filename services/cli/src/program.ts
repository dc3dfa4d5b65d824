import { Command, CommanderError } from 'commander';
import { addApply } from './commands/apply.ts';
import { addChange } from './commands/change.ts';
import { addChangeTasks } from './commands/change-tasks.ts';
import { addChangeWork } from './commands/change-work.ts';
import { addConsumers } from './commands/consumers.ts';
import { addDeployment } from './commands/deployment.ts';
import { addExport } from './commands/export.ts';
import { addGate } from './commands/gate.ts';
import { addImport } from './commands/import.ts';
import { addIncidentSteps } from './commands/incidents.ts';
import { addKey } from './commands/key.ts';
import { addLogin } from './commands/login.ts';
import { addMigrate } from './commands/migrate.ts';
import { addProblemSteps } from './commands/problems.ts';
import { addRecords } from './commands/records.ts';
import { addReleases } from './commands/releases.ts';
import { addReport } from './commands/report.ts';
import { addReviewSteps } from './commands/reviews.ts';
import { addStore } from './commands/store.ts';
import { addThresholdSteps } from './commands/thresholds.ts';
import { addToken } from './commands/token.ts';
import { addTrail } from './commands/trail.ts';
import { addTrainSteps } from './commands/trains.ts';
import { exitCodes, messageOf, WrongUsage } from './failures.ts';
import { KINDS } from './kinds.ts';
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

const COMMANDS = {
  'Records:': [
    addRecords,
    addReleases,
    addTrainSteps,
    addChange,
    addChangeWork,
    addChangeTasks,
    addDeployment,
    addIncidentSteps,
    addProblemSteps,
    addReviewSteps,
    addThresholdSteps,
  ],
  'Pipelines and figures:': [addGate, addTrail, addReport],
  'Catalog and access:': [addApply, addExport, addLogin, addToken, addKey],
  'History from elsewhere:': [addImport],
  'For whoever operates it:': [addMigrate, addStore, addConsumers],
} as const satisfies Readonly<Record<string, readonly ((program: Command, session: Session) => void)[]>>;

/** All that can be typed. */
export const programOf = (session: Session, { out, err }: Surroundings): Command => {
  const program = new Command('slipway')
    .description('Releases, changes, deployments and incidents, from plan to report.')
    .option('--url <address>', `where Slipway answers (SLIPWAY_URL; ${ADDRESS} when neither is given)`)
    .option('--token <token>', 'who asks (SLIPWAY_TOKEN); `slipway token` makes one for trying things out')
    .option('--json', 'JSON for machines instead of text for people')
    .configureOutput({ writeOut: out, writeErr: err })
    .showHelpAfterError('(--help tells more)')
    .addHelpText('after', HELP)
    .exitOverride();
  session.listen(program, ADDRESS);
  program.hook('preAction', (_, command) => session.takeUp(command.name()));
  for (const [group, adds] of Object.entries(COMMANDS)) {
    program.commandsGroup(group);
    for (const add of adds) add(program, session);
  }
  for (const command of commandsUnder(program)) explain(command);
  return program;
};

const HELP = `
slipway release --help, and so on, tells what is done with each; slipway release draft --help how.

First steps, on a Slipway of your own:
  export SLIPWAY_TOKEN=$(slipway token --as you@example.org --role administrator --role release-manager)
  slipway apply -f catalog.yaml --dry-run
  slipway release draft "Checkout 2.4"

Exit codes: 0 done, 1 failed or refused, 2 wrong usage; gate: 3 deny, 4 cannot tell.`;

/** This one and all below it. */
export const commandsUnder = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(commandsUnder),
];

/** What is so of every command: how a record is named, what has to be said, and that `--help` is enough. */
const explain = (command: Command): void => {
  const kind = KINDS.find(({ name }) => name === command.parent?.name());
  const [first] = command.registeredArguments;
  if (kind && first?.name() === 'id') first.description = `an id, or a number such as ${kind.example}`;
  for (const option of command.options.filter(({ mandatory }) => mandatory))
    option.description = `${option.description && `${option.description}; `}required`;
  if (command.parent !== null) command.helpCommand(false);
};
