import type { Command } from 'commander';
import type { JsonObject } from '../client.ts';
import { countIn } from '../count.ts';
import { WrongUsage } from '../failures.ts';
import { withNames } from '../names.ts';
import type { Session } from '../session.ts';
import { type Column, inWords, objectsIn, table } from '../table.ts';
import { commandNamed, withDue } from './steps.ts';

const TASKS: readonly Column[] = [
  ['order', 'order'],
  ['task', 'title'],
  ['state', 'state'],
  ['owner', 'owner'],
  ['due', 'dueAt'],
  ['why', 'reason', 'note'],
];

type Added = Readonly<{ title: string; owner?: string; due?: string; order?: number; description?: string }>;

/** `slipway change tasks CHG-1`, `slipway change finish-task CHG-1 2` */
export const addChangeTasks = (program: Command, session: Session): void => {
  const command = commandNamed(program, 'change');
  command
    .command('tasks <id>')
    .description('the tasks of a change, in their order')
    .action(async (id: string) => tell(session, await session.client().get(changePath(id))));
  command
    .command('add-task <id>')
    .description('add a task, which must be done or dropped before the change is closed')
    .requiredOption('--title <title>', 'published as it is: it names nobody')
    .option('--owner <who>', 'an address or an account')
    .option('--due <instant>', 'RFC 3339')
    .option('--order <order>', 'the last when absent', countIn)
    .option('--description <text>', 'kept encrypted')
    .action(async (id: string, said: Added) =>
      tell(session, await session.client().post(changePath(id, 'add-task'), withDue(said))),
    );
  onTask(command, session, 'assign-task', 'assign a task to somebody', task =>
    task.requiredOption('--owner <who>', 'an address or an account'),
  );
  onTask(command, session, 'finish-task', 'say that a task is done', task =>
    task.option('--note <note>', 'kept encrypted'),
  );
  onTask(command, session, 'drop-task', 'drop a task that will not be done', task =>
    task.requiredOption('--reason <reason>', 'why'),
  );
};

const changePath = (id: string, action = ''): string =>
  `/v1/changes/${encodeURIComponent(id)}${action && `/${action}`}`;

const onTask = (
  command: Command,
  session: Session,
  action: string,
  description: string,
  options: (command: Command) => Command,
): void => {
  options(command.command(`${action} <id> <task>`))
    .description(`${description}; a task is named by its id, or by its number in the order`)
    .action(async (id: string, named: string, said: object) => {
      const client = session.client();
      const task = /^\d+$/.test(named) ? taskAt(await client.get(changePath(id)), Number(named)) : named;
      await tell(session, await client.post(changePath(id, action), { task, ...said }));
    });
};

const taskAt = (change: JsonObject, order: number): string => {
  const [task, second] = objectsIn(change, 'tasks').filter(each => each['order'] === order);
  if (task && !second) return inWords(task['id']);
  throw new WrongUsage(`The change has ${task ? 'several tasks' : 'no task'} at ${order}: name it by its id.`);
};

const tell = async (session: Session, change: JsonObject): Promise<void> => {
  const tasks = objectsIn(change, 'tasks');
  await session.show(tasks, async () =>
    tasks.length === 0 ? 'There is nothing to do.\n' : table(TASKS, await withNames(session.client(), tasks)),
  );
};
