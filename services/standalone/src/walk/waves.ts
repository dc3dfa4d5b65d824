import { artifact, type Cast, window } from './cast.ts';
import { finish, rollOut, run } from './roll-out.ts';
import type { Walk } from './walker.ts';

const REL1 = '/v1/releases/REL-1';
const REL2 = '/v1/releases/REL-2';

/** REL-1 goes to both regions and is closed: pre-authorized, so that nobody approves it. */
export const deployTheReleaseBefore = async (walk: Walk, cast: Cast): Promise<void> => {
  const { rita } = cast;
  const targets = ['production-eu', 'production-us'].map(environment => ({ service: 'payment', environment }));
  await rita.posts(
    'The release before is scheduled',
    `${REL1}/schedule`,
    { window: window(walk), targets },
    {
      state: 'Planned',
    },
  );
  await rita.sees('It is authorized at once, as standard changes are', REL1, { state: 'Authorized' });
  await rita.sees('What needs it is blocked', `${REL2}/blockers`, {
    items: expect.arrayContaining([expect.objectContaining({ release: expect.objectContaining({ number: 'REL-1' }) })]),
  });
  await rita.posts('Rita says go', `${REL1}/go`, {}, { state: 'Ready' });
  await rollOut(walk, cast, run('DEP-1', 'payment', 'production-eu', 0), { release: 'REL-1' });
  await rita.sees('One region is not all', REL1, { state: 'Deploying' });
  await rollOut(walk, cast, run('DEP-2', 'payment', 'production-us', 5), { release: 'REL-1' });
  await rita.sees('Both are', REL1, { state: 'EarlyLifeSupport' });
  await rita.sees('Its change is in review, with what became of each target', '/v1/changes/CHG-1', {
    state: 'Review',
    outcomes: [{ outcome: 'succeeded' }, { outcome: 'succeeded' }],
  });
  await rita.posts(
    'It was successful',
    '/v1/changes/CHG-1/review',
    { closeCode: 'successful' },
    {
      closeCode: 'successful',
    },
  );
  await rita.posts('and is closed', '/v1/changes/CHG-1/close', {}, { state: 'Closed', closeCode: 'successful' });
  await rita.posts('Early life support ends', `${REL1}/end-early-life-support`, {}, { state: 'Review' });
  await rita.posts('All of it is live', `${REL1}/close`, {}, { state: 'Closed', outcome: 'full' });
};

/** Staging, the gate of the phase, and the go. */
export const testAndGo = async (walk: Walk, cast: Cast): Promise<void> => {
  const { rita } = cast;
  await rollOut(walk, cast, run('DEP-3', 'checkout', 'staging', 12), { release: 'REL-2' });
  await rita.sees('A test does not move the release', REL2, { state: 'Authorized', deployments: [] });
  const gate = { phase: 'Roll-out', gate: 'entry' };
  await rita.posts(
    'It was tested in staging',
    `${REL2}/meet-criterion`,
    { ...gate, criterion: 'Tested in staging', note: 'See DEP-3.' },
    { phases: [{ entry: { criteria: [{ met: { note: 'See DEP-3.' } }] } }] },
  );
  await rita.posts('Rita opens the gate', `${REL2}/pass-gate`, gate, { phases: [{ entry: { passed: {} } }] });
  await rita.posts('and says go', `${REL2}/go`, {}, { state: 'Ready' });
};

/** America: all of it arrives, and one service goes back, since the business wants it. */
export const secondWave = async (walk: Walk, cast: Cast): Promise<void> => {
  const { rita, pipeline } = cast;
  await rollOut(walk, cast, run('DEP-10', 'cart', 'production-us', 52), { release: 'REL-2' });
  await rollOut(walk, cast, run('DEP-11', 'payment', 'production-us', 58), { release: 'REL-2' });
  await pipeline.posts(
    'Payment goes back in America, for the business',
    '/v1/deployments/DEP-11/roll-back',
    { reason: 'The contract there begins next month.', cause: 'business' },
    { number: 'DEP-12', kind: 'rollback', digests: [artifact(walk, 'payment', '3.0.0').digest] },
  );
  await pipeline.posts(
    'DEP-12 starts',
    '/v1/deployments/DEP-12/start',
    { occurredAt: walk.at(63) },
    { state: 'Running' },
  );
  await finish(walk, cast, run('DEP-12', 'payment', 'production-us', 63));
  await pipeline.sees('so DEP-11 is undone', '/v1/deployments/DEP-11', {
    state: 'RolledBack',
    rollback: { cause: 'business', state: 'succeeded' },
  });
  await rollOut(walk, cast, run('DEP-13', 'checkout', 'production-us', 68), { release: 'REL-2' });
  await rita.sees('The release is in early life support', REL2, { state: 'EarlyLifeSupport' });
  await rita.sees('and its change in review', '/v1/changes/CHG-2', {
    state: 'Review',
    outcomes: expect.arrayContaining([expect.objectContaining({ outcome: 'rolled-back' })]),
  });
};
