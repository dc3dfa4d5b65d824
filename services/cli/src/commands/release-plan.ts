import { type Command, Option } from 'commander';
import type { JsonObject } from '../client.ts';
import { listIn, textOf, valueIn } from '../document.ts';
import { WrongUsage } from '../failures.ts';
import { partsOf } from '../plan-file.ts';
import type { Column } from '../table.ts';
import { targetIn, type Target } from '../target.ts';
import { tellRows } from './rows.ts';
import { AT, NOTE, REASON, type Said, step, type Steps, tell } from './steps.ts';

const GATES = ['entry', 'exit'];
const ITEM_KINDS = ['feature', 'fix', 'tech-debt', 'regulatory'];
const PRIORITIES = ['critical', 'high', 'medium', 'low'];
const SCOPE: readonly Column[] = [
  ['item', 'key'],
  ['outcome', 'outcome'],
  ['why', 'code'],
];

/** What is in it, who does what until when, and where it goes when. */
export const addReleasePlan = (steps: Steps): void => {
  addScope(steps);
  addPlan(steps);
  addSchedule(steps);
  addTrain(steps);
};

const SCOPE_HELP = `
An item is found again by its key, or by its external reference. Such as:
  - { key: SHOP-301, kind: feature, title: Guests check out, priority: high }
  - { kind: fix, title: One charge, externalRef: { system: jira, key: SHOP-302 } }`;

type Scope = Readonly<{ file?: string; remove?: readonly string[] }>;

const addScope = (steps: Steps): void => {
  const { command, session, path } = steps;
  command
    .command('scope <id>')
    .description('state scope items, by key or external reference, and take some out')
    .option('-f, --file <file>', 'YAML or JSON: a list of items; - reads from standard input')
    .option('--remove <key...>', 'keys of items that leave')
    .addHelpText('after', SCOPE_HELP)
    .action(async (id: string, { file, remove }: Scope) => {
      if (file === undefined && remove === undefined) throw new WrongUsage('Give it --file, --remove, or both.');
      const items = file === undefined ? undefined : await listIn(file);
      const answer = await session.client().post(`${path}/${encodeURIComponent(id)}/change-scope`, { items, remove });
      await tellRows(session, answer, SCOPE);
    });
  step(steps, 'add-item <key>', 'add one scope item', { action: 'add-scope-item' })
    .addOption(new Option('--kind <kind>').choices(ITEM_KINDS).makeOptionMandatory())
    .requiredOption('--title <title>', 'published as it is: it names nobody')
    .addOption(new Option('--priority <priority>').choices(PRIORITIES));
  step(steps, 'trade-off <keys...>', 'decide that scope items have to wait', { action: 'trade-off-scope' })
    .requiredOption(...REASON)
    .option('--to-release <release>', 'that takes them over: an id or a number');
};

const addPlan = (steps: Steps): void => {
  const { command, session, path } = steps;
  command
    .command('plan <id>')
    .description('plan rollback, milestones, phases, success criteria, manager and RACI out of a file')
    .requiredOption('-f, --file <file>', 'YAML or JSON; - reads from standard input')
    .addHelpText('after', PLAN_HELP)
    .action(async (id: string, { file }: { file: string }) => {
      const parts = partsOf(valueIn(await textOf(file), file), file);
      const client = session.client();
      let answer: JsonObject = {};
      for (const [action, body] of parts)
        answer = await client.post(`${path}/${encodeURIComponent(id)}/${action}`, body);
      await tell(steps, answer);
    });
  const reached = ({ occurredAt, ...said }: Said): object => ({ ...said, reachedAt: occurredAt });
  step(steps, 'reach <name>', 'say that a milestone is reached', { action: 'reach-milestone', body: reached })
    .option('--by <who>', 'whose work it was: an address or an account; who asks when absent')
    .option(...AT);
  ofGate(step(steps, 'meet <criterion>', 'say that a criterion of a gate is met', { action: 'meet-criterion' })).option(
    ...NOTE,
  );
  ofGate(step(steps, 'pass', 'pass a gate, all criteria of which are met', { action: 'pass-gate' }));
};

const ofGate = (command: Command): Command =>
  command
    .requiredOption('--phase <phase>', 'its name')
    .addOption(new Option('--gate <gate>').choices(GATES).makeOptionMandatory());

const PLAN_HELP = `
A part that is left out stays as it is. Such as:
  rollbackPlan: { steps: Deploy what was live before., backoutMinutes: 20, triggers: [errors above 5 %] }
  milestones: [{ name: Code complete, dueAt: 2026-03-01T12:00:00Z, owner: dana@example.org }]
  phases: [{ name: Roll-out, entryCriteria: [Tested in staging], exitCriteria: [Live everywhere] }]
  successCriteria: [{ id: guests-pay, title: Guests pay, howJudged: The share of guests among orders. }]
  manager: rita@example.org
  raci: { responsible: [dana@example.org], accountable: rita@example.org, consulted: [], informed: [] }`;

const addSchedule = (steps: Steps): void => {
  const { command, session, path } = steps;
  const schedule = command
    .command('schedule <id>')
    .description('give it a window and targets; --train lets it board a departure, the next one by default')
    .action(async (id: string, { train, departure, ...options }: Scheduling) => {
      const at = `${path}/${encodeURIComponent(id)}`;
      const body = scheduleOf(options);
      if (train !== undefined) await session.client().post(`${at}/board-train`, { train, departure });
      await tell(steps, await session.client().post(`${at}/schedule`, body));
    });
  scheduling(schedule)
    .option('--train <train>', 'that it boards: an id or a number')
    .option('--departure <instant>', 'of the train; the next one when absent');
  scheduling(step(steps, 'reschedule', 'move the window, the targets or both', { body: scheduleOf }));
};

type Scheduling = Readonly<{
  start?: string;
  end?: string;
  target?: readonly Target[];
  train?: string;
  departure?: string;
}>;

const scheduling = (command: Command): Command =>
  command
    .option('--start <instant>', 'of the window, RFC 3339')
    .option('--end <instant>', 'of the window')
    .option(
      '--target <target...>',
      'service@environment, or service@environment:wave; wave 1 when it is not said',
      targetIn,
    );

const scheduleOf = ({ start, end, target }: Scheduling): object => {
  if ((start === undefined) !== (end === undefined)) throw new WrongUsage('A window has a --start and an --end.');
  return { ...(start !== undefined && { window: { start, end } }), targets: target };
};

const addTrain = (steps: Steps): void => {
  step(steps, 'board', 'board a departure of a train', { action: 'board-train' })
    .requiredOption('--train <train>', 'an id or a number')
    .option('--departure <instant>', 'the next one when absent');
  step(steps, 'leave', 'leave the train', { action: 'leave-train' }).option(...REASON);
};
