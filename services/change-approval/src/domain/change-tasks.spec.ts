import { fold, isRejection, specification, type Stamped } from '@slipway/event-sourcing';
import { change } from './change.ts';
import type { ChangeCommand } from './change-commands.ts';
import { after, ann, approved, bob, command, typesOf } from './change.examples.ts';
import { MOST_TASKS, type TaskCommand, taskMoves, type TaskStatus } from './change-tasks.ts';

const given = specification(change);
const add = (taskId: string, changes: object = {}) =>
  command('AddTask', { taskId, title: 'Tell the support desk', ...changes });
const reason = { reason: 'sealed:v1:x' };
const done = command('FinishTask', { taskId: 't1', note: 'sealed:v1:x' });
const dropped = command('DropTask', { taskId: 't1', ...reason });

describe('a task', () => {
  test('comes last when nobody says where', () => {
    const two = after(...approved, add('t1'), add('t2', { order: 5, owner: ann, dueAt: '2026-03-02T10:00:00Z' }));
    expect(two.at(-1)).toMatchObject({ type: 'ChangeTaskAdded', data: { taskId: 't2', order: 5, owner: ann } });
    expect(given(...two).when(add('t3'))).toMatchObject([{ data: { order: 6 } }]);
    expect(given(...two).when(add('t2'))).toEqual([]);
  });

  test('is one of a bounded number', () => {
    const many = after(...approved, ...Array.from({ length: MOST_TASKS }, (_, nth) => add(`t${nth}`)));
    expect(given(...many).when(add('another'))).toMatchObject({ rejected: 'too-many-tasks' });
  });

  test('that is assigned or moved to where it is already, is so', () => {
    const there = after(...approved, add('t1', { owner: ann, order: 3 }));
    expect(given(...there).when(command('AssignTask', { taskId: 't1', owner: ann }))).toEqual([]);
    expect(given(...there).when(command('MoveTask', { taskId: 't1', order: 3 }))).toEqual([]);
    expect(given(...there).when(command('AssignTask', { taskId: 't1', owner: bob }))).toMatchObject([
      { type: 'ChangeTaskAssigned', data: { owner: bob } },
    ]);
    expect(given(...there).when(command('MoveTask', { taskId: 't1', dueAt: '2026-03-02T10:00:00Z' }))).toMatchObject([
      { type: 'ChangeTaskMoved', data: { dueAt: '2026-03-02T10:00:00Z' } },
    ]);
  });

  const commands = {
    MoveTask: command('MoveTask', { taskId: 't1', order: 9 }),
    AssignTask: command('AssignTask', { taskId: 't1', owner: bob }),
    FinishTask: done,
    DropTask: dropped,
  };
  const histories: Readonly<Record<TaskStatus, readonly Stamped<ChangeCommand>[]>> = {
    open: [...approved, add('t1')],
    done: [...approved, add('t1'), done],
    dropped: [...approved, add('t1'), dropped],
  };
  type Type = Exclude<TaskCommand['type'], 'AddTask'>;
  const pairs = (Object.keys(commands) as Type[]).flatMap(type =>
    (['open', 'done', 'dropped'] as const).map(status => ({ type, status, to: taskMoves[type][status] ?? 'refused' })),
  );

  test.each(pairs)('$type of an $status task: $to', ({ type, status, to }) => {
    const history = after(...histories[status]);
    const decided = given(...history).when(commands[type]);
    const state = fold(change, [...history, ...(isRejection(decided) ? [] : decided)]);
    expect(isRejection(decided) ? decided.rejected : '').toBe(to === 'refused' ? 'task-over' : '');
    expect(state).toMatchObject({ tasks: [{ status: to === 'refused' ? status : to }] });
  });

  test.each(Object.values(commands))('that is not there is not asked for anything', asked =>
    expect(given(...after(...approved)).when(asked)).toMatchObject({ rejected: 'no-such-task' }),
  );
});

test('a change is canceled whatever is still to be done', () =>
  expect(typesOf(given(...after(...approved, add('t1'))).when(command('CancelChange', reason)))).toEqual([
    'ChangeCanceled',
  ]));
