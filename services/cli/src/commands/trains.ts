import type { Command } from 'commander';
import type { JsonObject } from '../client.ts';
import { countIn } from '../count.ts';
import type { Session } from '../session.ts';
import { type Column, inWords, objectsIn, table } from '../table.ts';
import { commandNamed, REASON, step, type Said, type Steps, tell } from './steps.ts';

const DEPARTURES: readonly Column[] = [
  ['departure', 'departure'],
  ['local', 'local'],
  ['aboard', 'aboard'],
];

/** `slipway train plan "Tuesday train" --start 2026-03-03T20:00 --time-zone Europe/Berlin --rrule …` */
export const addTrainSteps = (program: Command, session: Session): void => {
  const steps: Steps = { command: commandNamed(program, 'train'), session, path: '/v1/release-trains' };
  const { command, path } = steps;
  cadence(command.command('plan <title>').description('plan a train that departs at a cadence'))
    .option('--owner <who>', 'an address or an account; who asks when absent')
    .option('--description <text>', 'kept encrypted')
    .action(async (title: string, said: Said) =>
      tell(steps, await session.client().post(path, { title, ...withCadence(said) })),
    );
  cadence(step(steps, 'change-cadence', 'let it depart at other times', { body: withCadence })).option(...REASON);
  step(steps, 'retire', 'let nobody board it any more').requiredOption(...REASON);
  command
    .command('departures <id>')
    .description('when it departs next, and who is aboard')
    .option('--count <count>', 'how many', countIn, 5)
    .action(async (id: string, { count }: { count: number }) => {
      const answer = await session.client().get(`${path}/${encodeURIComponent(id)}/departures`, { count });
      const departures = objectsIn(answer, 'items');
      const rows = departures.map(each => ({ ...each, aboard: objectsIn(each, 'releases').map(numberOf) }));
      await session.show(departures, () => (rows.length === 0 ? 'It departs no more.\n' : table(DEPARTURES, rows)));
    });
};

const cadence = (command: Command): Command =>
  command
    .requiredOption('--start <local>', 'the first departure, in local time: 2026-03-03T20:00')
    .requiredOption('--time-zone <zone>', 'such as Europe/Berlin')
    .requiredOption('--rrule <rule>', 'RFC 5545: FREQ=WEEKLY;INTERVAL=2;BYDAY=TU')
    .requiredOption('--minutes <minutes>', 'of the window that a departure opens', countIn);

const withCadence = ({ start, timeZone, rrule, minutes, ...said }: Said): object => ({
  ...said,
  cadence: { start, timeZone, rrule, durationMinutes: minutes },
});

const numberOf = ({ number, id }: JsonObject): string => inWords(number ?? id);
