import { type Command, Option } from 'commander';
import { changeInWords } from '../change-in-words.ts';
import type { Client } from '../client.ts';
import { countIn } from '../count.ts';
import { WrongUsage } from '../failures.ts';
import type { Session } from '../session.ts';
import { inWords, objectsIn } from '../table.ts';
import { commandNamed, step, type Steps, tell } from './steps.ts';

const PLANS = ['implementation', 'test', 'back-out'];
const RELATIONS = ['caused-by', 'remediates', 'related'];
const OUTCOMES = ['succeeded', 'failed', 'rolled-back'];

/** How a change is done, what it has to do with, and work by hand, behind which no deployment stands. */
export const addChangeWork = (program: Command, session: Session): void => {
  const command = commandNamed(program, 'change');
  const steps: Steps = { command, session, path: '/v1/changes', told: changeInWords };
  step(steps, 'plan', 'say how it is done, tested or backed out of')
    .addOption(new Option('--kind <kind>').choices(PLANS).makeOptionMandatory())
    .requiredOption('--steps <text>', 'kept encrypted')
    .option('--minutes <minutes>', 'how long it takes; needed of back-out', countIn);
  step(steps, 'link-record', 'link an incident or a problem that it has to do with')
    .addOption(new Option('--relation <relation>').choices(RELATIONS).makeOptionMandatory())
    .option('--incident <incident>', 'an id or a number')
    .option('--problem <problem>', 'an id or a number');
  step(steps, 'begin-work', 'begin work by hand, under an allow').requiredOption(
    '--decision <decision>',
    'the id of the allow: slipway gate --enforce --change …',
  );
  addFinishWork(steps);
};

type Finished = Readonly<{ outcome: string; attempt?: string }>;

const addFinishWork = (steps: Steps): void => {
  const { command, session, path } = steps;
  command
    .command('finish-work <id>')
    .description('say that work by hand is done')
    .addOption(new Option('--outcome <outcome>').choices(OUTCOMES).makeOptionMandatory())
    .option('--attempt <attempt>', 'its deploymentId among the attempts; the one that is open when absent')
    .action(async (id: string, { outcome, attempt }: Finished) => {
      const at = `${path}/${encodeURIComponent(id)}`;
      const client = session.client();
      const body = { outcome, attempt: attempt ?? (await openAttempt(client, at)) };
      await tell(steps, await client.post(`${at}/finish-work`, body));
    });
};

const openAttempt = async (client: Client, change: string): Promise<string> => {
  const open = objectsIn(await client.get(change), 'attempts').filter(
    ({ byHand, outcome }) => byHand === true && outcome === undefined,
  );
  const [attempt, second] = open;
  if (attempt && !second) return inWords(attempt['deploymentId']);
  throw new WrongUsage(attempt ? 'More than one work by hand is open: say --attempt.' : 'No work by hand is open.');
};
