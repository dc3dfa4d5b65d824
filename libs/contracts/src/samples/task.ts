import type { TaskFacts } from '../task.ts';
import { people, sealed } from './example.ts';

// It is no stream.
const taskId = '0198c1a0-2000-7000-8000-000000000003';

const samples = {
  Added: { taskId, title: 'Scale the pool', owner: people.owner, order: 1, dueAt: '2026-03-02T21:00:00Z' },
  Changed: { taskId, title: 'Scale both pools', owner: people.deployer, order: 2, dueAt: '2026-03-02T22:00:00Z' },
  Done: { taskId, note: sealed },
  Dropped: { taskId, reason: sealed },
} as const;

type Samples<Name extends string> = {
  readonly [Fact in keyof typeof samples as `${Name}${Fact}`]: (typeof samples)[Fact];
};

/** One example of each fact that can be told of tasks. */
export const taskSamples = <const Name extends string>(
  name: Name,
): Samples<Name> & Record<keyof TaskFacts<Name>, object> =>
  Object.fromEntries(Object.entries(samples).map(([fact, sample]) => [name + fact, sample])) as never;
