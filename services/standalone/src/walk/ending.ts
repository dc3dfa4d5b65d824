import type { Cast } from './cast.ts';

const REL2 = '/v1/releases/REL-2';
const CHG2 = '/v1/changes/CHG-2';

/** Closed as what it was: done in part. */
export const closeTheRelease = async (cast: Cast): Promise<void> => {
  await closeItsChange(cast);
  const { rita } = cast;
  const gate = { phase: 'Roll-out', gate: 'exit' };
  await rita.posts(
    'Both regions are live',
    `${REL2}/meet-criterion`,
    { ...gate, criterion: 'Both regions are live' },
    { phases: [{ exit: { criteria: [{ met: {} }] } }] },
  );
  await rita.posts('The phase ends', `${REL2}/pass-gate`, gate, { phases: [{ exit: { passed: {} } }] });
  await rita.posts(
    'The milestone is reached',
    `${REL2}/reach-milestone`,
    { name: 'Live everywhere' },
    {
      milestones: [{}, { reached: {} }],
    },
  );
  await rita.isRefused('It is reviewed before it is closed', 'not-in-review', `${REL2}/close`);
  await rita.posts('Early life support ends', `${REL2}/end-early-life-support`, {}, { state: 'Review' });
  await rita.posts(
    'One target went back: it is partly live',
    `${REL2}/close`,
    {},
    { state: 'Closed', outcome: 'partial' },
  );
};

const closeItsChange = async ({ rita }: Cast): Promise<void> => {
  await rita.isRefused('Not all of it succeeded', 'close-code-not-permitted', `${CHG2}/review`, {
    closeCode: 'successful',
  });
  await rita.posts(
    'It was successful with issues',
    `${CHG2}/review`,
    { closeCode: 'successful-with-issues' },
    {
      closeCode: 'successful-with-issues',
    },
  );
  await rita.isRefused('Its tasks are open', 'tasks-open', `${CHG2}/close`);
  const { tasks } = await rita.sees('Rita looks at them', CHG2, { tasks: [{ state: 'Open' }, { state: 'Open' }] });
  await rita.posts(
    'The dashboards were watched',
    `${CHG2}/finish-task`,
    { task: tasks[0].id, note: 'All evening.' },
    {
      tasks: [{ state: 'Done' }, {}],
    },
  );
  await rita.posts(
    'Nobody called',
    `${CHG2}/drop-task`,
    { task: tasks[1].id, reason: 'Nobody called.' },
    {
      tasks: [{}, { state: 'Dropped' }],
    },
  );
  await rita.posts(
    'The change is closed',
    `${CHG2}/close`,
    {},
    { state: 'Closed', closeCode: 'successful-with-issues' },
  );
};

/** The next one begins as a copy, takes over what had to wait, and boards the train. */
export const planTheNext = async ({ rita }: Cast): Promise<void> => {
  await rita.posts(
    'The next release is a copy',
    `${REL2}/copy`,
    { title: 'Winter checkout', scopeKinds: ['regulatory'] },
    { number: 'REL-4', state: 'Draft', scope: [{ key: 'SHOP-304' }], proposedTargets: expect.any(Array) },
  );
  await rita.posts(
    'It boards the Tuesday train',
    '/v1/releases/REL-4/board-train',
    { train: 'TRAIN-1' },
    {
      aboard: { departure: expect.any(String) },
    },
  );
  await rita.posts(
    'and gets its window from it',
    '/v1/releases/REL-4/schedule',
    {},
    {
      state: 'Planned',
      window: { start: expect.any(String) },
    },
  );
  await rita.posts('Winter is canceled', '/v1/releases/REL-4/cancel', { reason: 'It is warm.' }, { state: 'Canceled' });
  await rita.sees('and its change with it', '/v1/changes?release=REL-4', {
    items: [{ number: 'CHG-6', state: 'Canceled' }],
  });
};
