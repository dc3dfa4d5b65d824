import { type Command, Option } from 'commander';
import type { Session } from '../session.ts';
import { AT, commandNamed, NOTE, REASON, type Said, step, type Steps, tell, withDue } from './steps.ts';
import { addTaskList, tellingTasks } from './task-list.ts';

const FINDINGS = ['root-cause', 'contributing-factor', 'went-well', 'went-badly', 'lucky'];

/** `slipway review hold PIR-1 --attendee ann@example.org`, `slipway review add-action PIR-1 --title …` */
export const addReviewSteps = (program: Command, session: Session): void => {
  const steps: Steps = { command: commandNamed(program, 'review'), session, path: '/v1/reviews' };
  addSchedule(steps);
  step(steps, 'give-feedback <text>', 'say something for it to hear; kept encrypted');
  step(steps, 'hold', 'say that it took place', {
    body: ({ attendee, ...said }) => ({ ...said, ...(attendee !== undefined && { attendees: attendee }) }),
  })
    .option('--attendee <who...>', 'addresses or accounts')
    .option('--summary <text>', 'kept encrypted')
    .option(...AT);
  step(steps, 'record-finding <text>', 'write down what was found; kept encrypted').addOption(
    new Option('--kind <kind>').choices(FINDINGS).makeOptionMandatory(),
  );
  const actions = tellingTasks(steps, 'actions');
  addTaskList(steps, 'actions');
  step(actions, 'add-action', 'add something to do', { body: withDue })
    .requiredOption('--title <title>', 'published as it is: it names nobody')
    .option('--owner <who>', 'an address or an account')
    .option('--due <instant>', 'RFC 3339');
  step(actions, 'complete-action <task>', 'say that it is done; it is named by its id').option(...NOTE);
  step(actions, 'drop-action <task>', 'say that it will not be done; it is named by its id').requiredOption(...REASON);
  step(steps, 'complete', 'complete it: nothing is left to do');
};

const addSchedule = (steps: Steps): void => {
  steps.command
    .command('schedule')
    .description('have one held: of an incident, of a change, or for its own sake')
    .requiredOption('--title <title>', 'published as it is: it names nobody')
    .option('--incident <incident>', 'an id or a number')
    .option('--change <change>', 'an id or a number')
    .option('--due <instant>', 'RFC 3339; in 72 hours when absent')
    .option('--owner <who>', 'an address or an account; who asks when absent')
    .option('--description <text>', 'kept encrypted')
    .action(async (said: Said) => tell(steps, await steps.session.client().post(steps.path, withDue(said))));
};
