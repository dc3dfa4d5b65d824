import { type Command, Option } from 'commander';
import { amountIn, countIn, numberIn } from '../count.ts';
import type { Session } from '../session.ts';
import { commandNamed, REASON, type Said, step, type Steps, tell } from './steps.ts';

/** `slipway threshold set "Failed changes" --measure change-fail-rate --team shop --condition above --limit 0.15 --last-days 30` */
export const addThresholdSteps = (program: Command, session: Session): void => {
  const steps: Steps = { command: commandNamed(program, 'threshold'), session, path: '/v1/metric-thresholds' };
  const { command, path } = steps;
  terms(command.command('set <title>').description('watch a figure of a service, a team or an application'))
    .option('--owner <who>', 'an address or an account; who asks when absent')
    .option('--description <text>', 'kept encrypted')
    .action(async (title: string, said: Said) =>
      tell(steps, await session.client().post(path, { title, ...withWindow(said) })),
    );
  terms(
    step(steps, 'revise', 'watch by other terms, which take the place of those before', { body: withWindow }),
  ).option(...REASON);
  step(steps, 'retire', 'watch no more').option(...REASON);
};

const terms = (command: Command): Command =>
  command
    .requiredOption('--measure <measure>', 'such as change-fail-rate')
    .option('--series <series>', 'of the measure; the one that is called like it when absent')
    .addOption(new Option('--statistic <statistic>', 'value when absent').choices(['value', 'p90', 'mean']))
    .option('--service <service>', 'a name or an id')
    .option('--team <team>', 'whose services')
    .option('--application <application>', 'a name or an id')
    .addOption(new Option('--condition <side>', 'of the limit').choices(['above', 'below']).makeOptionMandatory())
    .requiredOption('--limit <limit>', 'a share, a number a day, or seconds', numberIn)
    .option('--least-population <count>', 'with fewer there is no verdict; 1 when absent', amountIn)
    .option('--last-days <days>', 'over so many days until now', countIn)
    .option('--calendar-month', 'or over the month that it is')
    .option('--zone <zone>', 'such as Europe/Berlin; UTC when absent');

const withWindow = ({ lastDays, calendarMonth, zone, ...said }: Said): object => ({
  ...said,
  window: {
    ...(lastDays !== undefined && { lastDays }),
    ...(calendarMonth !== undefined && { calendarMonth }),
    ...(zone !== undefined && { zone }),
  },
});
