import type { JsonObject } from '../client.ts';
import { withNames } from '../names.ts';
import { type Column, objectsIn, table } from '../table.ts';
import type { Steps } from './steps.ts';

const TASKS: readonly Column[] = [
  ['id', 'taskId'],
  ['task', 'title'],
  ['state', 'state'],
  ['owner', 'owner'],
  ['due', 'dueAt'],
  ['note', 'note'],
];

/** Steps after which somebody sees what is to be done, by the ids that the next one takes. */
export const tellingTasks = (steps: Steps, name: 'tasks' | 'actions'): Steps => ({
  ...steps,
  told: record => inRows(objectsIn(record, name)),
});

/** `slipway incident tasks INC-7`, `slipway review actions PIR-1` */
export const addTaskList = ({ command, session, path }: Steps, name: 'tasks' | 'actions'): void => {
  command
    .command(`${name} <id>`)
    .description('what is to be done, with its ids')
    .action(async (id: string) => {
      const client = session.client();
      const tasks = objectsIn(await client.get(`${path}/${encodeURIComponent(id)}`), name);
      await session.show(tasks, async () => inRows(await withNames(client, tasks)));
    });
};

const inRows = (tasks: readonly JsonObject[]): string =>
  tasks.length === 0 ? 'There is nothing to do.\n' : table(TASKS, tasks);
