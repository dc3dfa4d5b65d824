import { Option } from 'commander';
import { amountIn, numberIn } from '../count.ts';
import { listIn } from '../document.ts';
import { WrongUsage } from '../failures.ts';
import { NOTE, REASON, type Said, step, type Steps, tell } from './steps.ts';

const VERDICTS = ['met', 'not-met', 'not-judgeable'];

const DECLARE_HELP = `
They take the place of those before. A criterion with a figure is judged on what was measured, the others in words:
  - id: few-failures
    title: Fewer than one in ten rollouts fails
    measurement: { measure: change-fail-rate, condition: below, limit: 0.1, days: 30 }
  - { id: guests-pay, title: Guests pay, howJudged: The share of guests among orders. }`;

/** What a release is to bring about, and whether it did. */
export const addSuccessCriteria = (steps: Steps): void => {
  addDeclare(steps);
  step(steps, 'judge-criterion <criterion>', 'judge a success criterion: a person', {
    action: 'judge-success-criterion',
    body: withMeasured,
  })
    .addOption(new Option('--verdict <verdict>').choices(VERDICTS).makeOptionMandatory())
    .requiredOption(...NOTE)
    .option('--value <value>', 'what was measured; as slipway report or GET /v1/metrics/{measure} say it', numberIn)
    .option('--definition <version>', 'of the measure, such as first/2')
    .option('--position <position>', 'of the log', amountIn)
    .option('--counted <count>', 'how many the figure is of', amountIn)
    .option('--since <instant>', 'from when on it was measured')
    .option('--until <instant>', 'up to when');
};

const addDeclare = (steps: Steps): void => {
  const { command, session, path } = steps;
  command
    .command('declare-criteria <id>')
    .description('say how it will be told whether the release was a success')
    .requiredOption('-f, --file <file>', 'YAML or JSON: a list of criteria; - reads from standard input')
    .option(...REASON)
    .addHelpText('after', DECLARE_HELP)
    .action(async (id: string, { file, reason }: { file: string; reason?: string }) => {
      const body = { criteria: await listIn(file), reason };
      await tell(
        steps,
        await session.client().post(`${path}/${encodeURIComponent(id)}/declare-success-criteria`, body),
      );
    });
};

const MEASURED = ['value', 'definition', 'position', 'counted', 'since', 'until'] as const;

const withMeasured = (said: Said): object => {
  const { value, definition, position, counted, since: from, until: to, ...judged } = said;
  const given = MEASURED.filter(name => said[name] !== undefined);
  if (given.length === 0) return judged;
  if (given.length < MEASURED.length)
    throw new WrongUsage(`What was measured is all of ${MEASURED.map(name => `--${name}`).join(', ')}.`);
  return { ...judged, measured: { value, definition, position, counted, from, to } };
};
