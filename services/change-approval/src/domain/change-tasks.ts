import type { ChangeEvent } from '@slipway/contracts';
import { type Decision, type Message, type Rejection, reject, type Stamped } from '@slipway/event-sourcing';

type FactsOf<Type extends ChangeEvent['type']> = Extract<ChangeEvent, { type: Type }>['data'];
type TaskEvent = Extract<ChangeEvent, { type: `ChangeTask${string}` }>;

export type TaskStatus = 'open' | 'done' | 'dropped';
export type Task = Readonly<{ taskId: string; status: TaskStatus; order: number; owner?: string; dueAt?: string }>;
type Tasks = Readonly<{ tasks: readonly Task[] }>;

export type AddTask = Message<
  'AddTask',
  { taskId: string; title: string; description?: string; owner?: string; order?: number; dueAt?: string }
>;
export type MoveTask = Message<'MoveTask', { taskId: string; order?: number; dueAt?: string }>;
export type AssignTask = Message<'AssignTask', { taskId: string; owner: string }>;
export type FinishTask = Message<'FinishTask', { taskId: string; note?: string }>;
export type DropTask = Message<'DropTask', { taskId: string; reason: string }>;
export type TaskCommand = AddTask | MoveTask | AssignTask | FinishTask | DropTask;

export type TaskRefusal = 'no-such-task' | 'task-over' | 'too-many-tasks';
type TaskDecision = Decision<ChangeEvent, TaskRefusal>;

export const MOST_TASKS = 200;

/** The state machine of a task: command -> state -> the state that it is in afterwards. What is not named is refused. */
export const taskMoves: Readonly<
  Record<Exclude<TaskCommand['type'], 'AddTask'>, Readonly<Partial<Record<TaskStatus, TaskStatus>>>>
> = {
  MoveTask: { open: 'open' },
  AssignTask: { open: 'open' },
  FinishTask: { open: 'done', done: 'done' },
  DropTask: { open: 'dropped', dropped: 'dropped' },
};

export const openTasks = ({ tasks }: Tasks): readonly Task[] => tasks.filter(({ status }) => status === 'open');

export const addTask = ({ data, stamp }: Stamped<AddTask>, { tasks }: Tasks): TaskDecision => {
  if (tasks.some(({ taskId }) => taskId === data.taskId)) return [];
  if (tasks.length >= MOST_TASKS) return reject('too-many-tasks', `A change has at most ${MOST_TASKS} tasks.`);
  const last = Math.max(0, ...tasks.map(({ order }) => order));
  return [{ type: 'ChangeTaskAdded', data: { order: Math.min(last + 1, LAST), ...data, ...stamp } }];
};

const LAST = 10_000;

export const moveTask = ({ type, data, stamp }: Stamped<MoveTask>, change: Tasks): TaskDecision => {
  const task = taskFor(type, data.taskId, change);
  if ('rejected' in task) return task;
  const { order = task.order, dueAt = task.dueAt } = data;
  return order === task.order && dueAt === task.dueAt ? [] : [{ type: 'ChangeTaskMoved', data: { ...data, ...stamp } }];
};

export const assignTask = ({ type, data, stamp }: Stamped<AssignTask>, change: Tasks): TaskDecision => {
  const task = taskFor(type, data.taskId, change);
  if ('rejected' in task) return task;
  return task.owner === data.owner ? [] : [{ type: 'ChangeTaskAssigned', data: { ...data, ...stamp } }];
};

export const finishTask = ({ type, data, stamp }: Stamped<FinishTask>, change: Tasks): TaskDecision => {
  const task = taskFor(type, data.taskId, change);
  if ('rejected' in task) return task;
  return task.status === 'done' ? [] : [{ type: 'ChangeTaskDone', data: { ...data, ...stamp } }];
};

export const dropTask = ({ type, data, stamp }: Stamped<DropTask>, change: Tasks): TaskDecision => {
  const task = taskFor(type, data.taskId, change);
  if ('rejected' in task) return task;
  return task.status === 'dropped' ? [] : [{ type: 'ChangeTaskDropped', data: { ...data, ...stamp } }];
};

const taskFor = (type: keyof typeof taskMoves, taskId: string, { tasks }: Tasks): Task | Rejection<TaskRefusal> => {
  const task = tasks.find(each => each.taskId === taskId);
  if (!task) return reject('no-such-task', 'The change has no such task.');
  return taskMoves[type][task.status] ? task : reject('task-over', `The task is ${task.status}.`);
};

export const evolveTasks = (tasks: readonly Task[], { type, data }: TaskEvent): readonly Task[] => {
  switch (type) {
    case 'ChangeTaskAdded':
      return [...tasks, added(data)];
    case 'ChangeTaskMoved': {
      const { order, dueAt } = data;
      return changed(tasks, data, { ...(order !== undefined && { order }), ...(dueAt && { dueAt }) });
    }
    case 'ChangeTaskAssigned':
      return changed(tasks, data, { owner: data.owner });
    case 'ChangeTaskDone':
      return changed(tasks, data, { status: 'done' });
    case 'ChangeTaskDropped':
      return changed(tasks, data, { status: 'dropped' });
  }
};

const added = ({ taskId, order, owner, dueAt }: FactsOf<'ChangeTaskAdded'>): Task => ({
  taskId,
  status: 'open',
  order,
  ...(owner && { owner }),
  ...(dueAt && { dueAt }),
});

const changed = (tasks: readonly Task[], { taskId }: { taskId: string }, to: Partial<Task>): readonly Task[] =>
  tasks.map(task => (task.taskId === taskId ? { ...task, ...to } : task));
