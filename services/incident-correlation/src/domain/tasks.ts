import type { TaskFact } from '@slipway/contracts';
import { type Message, reject, type Rejection } from '@slipway/event-sourcing';

type DataOf<Type extends TaskFact['type']> = Extract<TaskFact, { type: Type }>['data'];

export type AddTask = Message<'AddTask', DataOf<'Added'>>;
/** What is not said stays as it is. */
export type ChangeTask = Message<'ChangeTask', DataOf<'Changed'>>;
export type CompleteTask = Message<'CompleteTask', DataOf<'Done'>>;
export type DropTask = Message<'DropTask', DataOf<'Dropped'>>;
/** Of the war room of an incident, or what a review agreed on. */
export type TaskCommand = AddTask | ChangeTask | CompleteTask | DropTask;

export type TaskRefusal = 'no-such-task' | 'task-done' | 'task-dropped' | 'too-many-tasks';

/** How each task stands, by its id. */
export type Tasks = Readonly<Record<string, 'open' | 'done' | 'dropped'>>;
type TaskDecision = readonly TaskFact[] | Rejection<TaskRefusal>;

export const MOST_TASKS = 500;

export const areAllSettled = (tasks: Tasks): boolean => Object.values(tasks).every(status => status !== 'open');

const add = ({ data }: AddTask, tasks: Tasks): TaskDecision => {
  if (tasks[data.taskId]) return [];
  if (Object.keys(tasks).length < MOST_TASKS) return [{ type: 'Added', data }];
  return reject('too-many-tasks', `A record has at most ${MOST_TASKS} tasks.`);
};

const settle = (
  { type, data }: Exclude<TaskCommand, AddTask>,
  status: Tasks[string] | undefined,
): Rejection<TaskRefusal> | 'already' | undefined => {
  if (status === undefined) return reject('no-such-task', `There is no task ${data.taskId} in it.`);
  if (status === 'open') return undefined;
  if (SETTLED[type] === status) return 'already';
  return reject(status === 'done' ? 'task-done' : 'task-dropped', `The task is ${status}.`);
};

const SETTLED: Readonly<Partial<Record<TaskCommand['type'], Tasks[string]>>> = {
  CompleteTask: 'done',
  DropTask: 'dropped',
};

export const decideTask = (command: TaskCommand, tasks: Tasks): TaskDecision => {
  if (command.type === 'AddTask') return add(command, tasks);
  const refused = settle(command, tasks[command.data.taskId]);
  if (refused) return refused === 'already' ? [] : refused;
  switch (command.type) {
    case 'ChangeTask':
      return Object.keys(command.data).length > 1 ? [{ type: 'Changed', data: command.data }] : [];
    case 'CompleteTask':
      return [{ type: 'Done', data: command.data }];
    case 'DropTask':
      return [{ type: 'Dropped', data: command.data }];
  }
};

const STATUS = { Added: 'open', Changed: 'open', Done: 'done', Dropped: 'dropped' } as const;

export const evolveTasks = (tasks: Tasks, { type, data }: TaskFact): Tasks => ({
  ...tasks,
  [data.taskId]: STATUS[type],
});

const COMMANDS: readonly string[] = ['AddTask', 'ChangeTask', 'CompleteTask', 'DropTask'];

export const isTaskCommand = <Command extends Message>(command: Command | TaskCommand): command is TaskCommand =>
  COMMANDS.includes(command.type);
