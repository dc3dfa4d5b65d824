import { ask, detected, given, reason, told } from './incident.example.ts';

const role = (name: string, person = 'person-ann') => ({ role: name, person });

describe('roles', () => {
  const coordinates = told('IncidentRoleAssigned', role('coordinator'));

  test('one person coordinates: the next one takes it over', () => {
    expect(given(detected).when(ask('AssignRole', role('coordinator')))).toEqual([coordinates]);
    expect(given(detected, coordinates).when(ask('AssignRole', role('coordinator')))).toEqual([]);
    expect(given(detected, coordinates).when(ask('AssignRole', role('coordinator', 'person-bob')))).toEqual([
      told('IncidentRoleEnded', role('coordinator')),
      told('IncidentRoleAssigned', role('coordinator', 'person-bob')),
    ]);
  });

  test('experts are as many as it takes', () => {
    const expert = told('IncidentRoleAssigned', role('subject-expert'));
    expect(given(detected, expert).when(ask('AssignRole', role('subject-expert', 'person-bob')))).toMatchObject([
      { type: 'IncidentRoleAssigned' },
    ]);
  });

  test('role-not-held: only what somebody has can end', () => {
    expect(given(detected, coordinates).when(ask('EndRole', role('coordinator')))).toEqual([
      told('IncidentRoleEnded', role('coordinator')),
    ]);
    expect(given(detected, coordinates).when(ask('EndRole', role('scribe')))).toMatchObject({
      rejected: 'role-not-held',
    });
  });
});

describe('a task', () => {
  const added = told('IncidentTaskAdded', { taskId: 't1', title: 'Look at the pool' });

  test('is added, changed and done', () => {
    expect(given(detected).when(ask('AddTask', { taskId: 't1', title: 'Look at the pool' }))).toEqual([added]);
    expect(given(detected, added).when(ask('ChangeTask', { taskId: 't1', order: 2 }))).toEqual([
      told('IncidentTaskChanged', { taskId: 't1', order: 2 }),
    ]);
    expect(given(detected, added).when(ask('ChangeTask', { taskId: 't1' }))).toEqual([]);
    expect(given(detected, added).when(ask('CompleteTask', { taskId: 't1' }))).toEqual([
      told('IncidentTaskDone', { taskId: 't1' }),
    ]);
  });

  test('is settled once', () => {
    const done = told('IncidentTaskDone', { taskId: 't1' });
    const dropped = told('IncidentTaskDropped', { taskId: 't1', reason });
    expect(given(detected, added, done).when(ask('CompleteTask', { taskId: 't1' }))).toEqual([]);
    expect(given(detected, added, dropped).when(ask('DropTask', { taskId: 't1', reason }))).toEqual([]);
    expect(given(detected, added, done).when(ask('DropTask', { taskId: 't1', reason }))).toMatchObject({
      rejected: 'task-done',
    });
    expect(given(detected, added, dropped).when(ask('ChangeTask', { taskId: 't1', order: 1 }))).toMatchObject({
      rejected: 'task-dropped',
    });
  });

  test('no-such-task, too-many-tasks', () => {
    expect(given(detected).when(ask('CompleteTask', { taskId: 't1' }))).toMatchObject({ rejected: 'no-such-task' });
    const many = Array.from({ length: 500 }, (_, nth) => told('IncidentTaskAdded', { taskId: `t${nth}`, title: 'x' }));
    expect(given(detected, ...many).when(ask('AddTask', { taskId: 'more', title: 'x' }))).toMatchObject({
      rejected: 'too-many-tasks',
    });
  });
});
