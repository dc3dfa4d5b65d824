import { type TaskFact, taskFactIn } from '@slipway/contracts';
import type { Message, Stamp } from '@slipway/event-sourcing';

export type TaskView = Readonly<{
  taskId: string;
  title: string;
  state: 'open' | 'done' | 'dropped';
  owner?: string;
  order?: number;
  dueAt?: string;
  addedAt: string;
  settledAt?: string;
  settledBy?: string;
  /** What was said when it was done, or why it was dropped. */
  note?: string;
}>;

/** The tasks of a record in their order, after an event that may be about one of them. */
export const tasksAfter = (tasks: readonly TaskView[], name: string, event: Message): readonly TaskView[] => {
  const fact = taskFactIn(name, event);
  if (!fact) return tasks;
  return inOrder(after(tasks, fact, event.data as Stamp));
};

const after = (tasks: readonly TaskView[], fact: TaskFact, { actor, occurredAt }: Stamp): readonly TaskView[] => {
  if (fact.type === 'Added')
    return [...tasks, { ...saidOf(fact.data), title: fact.data.title, state: 'open', addedAt: occurredAt }];
  return tasks.map(task => {
    if (task.taskId !== fact.data.taskId) return task;
    if (fact.type === 'Changed') return { ...task, ...saidOf(fact.data) };
    const by = { settledAt: occurredAt, settledBy: actor };
    if (fact.type === 'Dropped') return { ...task, state: 'dropped', ...by, note: fact.data.reason };
    return { ...task, state: 'done', ...by, ...(fact.data.note !== undefined && { note: fact.data.note }) };
  });
};

type Said = Extract<TaskFact, { type: 'Changed' }>['data'];

const saidOf = ({ taskId, title, owner, order, dueAt }: Said) => ({
  taskId,
  ...(title !== undefined && { title }),
  ...(owner !== undefined && { owner }),
  ...(order !== undefined && { order }),
  ...(dueAt !== undefined && { dueAt }),
});

// The sort is stable: equal ones stay as they were added, those without an order come last.
const inOrder = (tasks: readonly TaskView[]): readonly TaskView[] =>
  tasks.toSorted((one, other) => (one.order ?? Number.MAX_SAFE_INTEGER) - (other.order ?? Number.MAX_SAFE_INTEGER));
