import { artifact, type Cast, rollbackPlan, window } from './cast.ts';
import { finish, start } from './roll-out.ts';
import type { Walk } from './walker.ts';

const REL3 = '/v1/releases/REL-3';
const CHG3 = '/v1/changes/CHG-3';

/** Checkout 2.4.1 for America, as an emergency: one approval is enough. */
export const fixForward = async (walk: Walk, cast: Cast): Promise<void> => {
  const { rita } = cast;
  await rita.posts(
    'Rita drafts the hotfix',
    '/v1/releases',
    { title: 'Prices are never null', class: 'hotfix', changeModel: 'emergency' },
    { number: 'REL-3', changeModel: 'emergency' },
  );
  await rita.posts('It brings checkout 2.4.1', `${REL3}/attach-artifact`, artifact(walk, 'checkout', '2.4.1'), {
    artifacts: [{ version: '2.4.1' }],
  });
  await rita.posts(
    'It has a way back',
    `${REL3}/register-rollback-plan`,
    { ...rollbackPlan, backoutMinutes: 5 },
    {
      rollbackPlan: { backoutMinutes: 5 },
    },
  );
  const targets = [{ service: 'checkout', environment: 'production-us' }];
  await rita.posts(
    'It goes to America only',
    `${REL3}/schedule`,
    { window: window(walk), targets },
    { state: 'Planned' },
  );
  await approveAndDeploy(walk, cast);
};

const approveAndDeploy = async (walk: Walk, cast: Cast): Promise<void> => {
  const { rita, quinn } = cast;
  const { contentDigest } = await quinn.sees('Its change skips the assessment', CHG3, {
    model: 'emergency',
    state: 'Authorize',
    slots: [{ count: 1 }],
  });
  await quinn.posts('Quinn approves alone', `${CHG3}/approve`, { contentDigest }, { state: 'Scheduled' });
  await rita.posts(
    'Rita links what it mends',
    `${CHG3}/link-record`,
    { incident: 'INC-1', relation: 'remediates' },
    {
      relatedRecords: [{ relation: 'remediates' }],
    },
  );
  await rita.posts('and says go', `${REL3}/go`, {}, { state: 'Ready' });
  const run = { number: 'DEP-14', service: 'checkout', environment: 'production-us', minute: 90 };
  const base = [artifact(walk, 'checkout', '2.4.0').digest];
  await start(walk, cast, run, { release: 'REL-3', kind: 'hotfix', undoes: 'DEP-13', baseDigests: base });
  await finish(walk, cast, run);
};

export const closeTheFix = async ({ rita }: Cast): Promise<void> => {
  await rita.posts(
    'The hotfix was successful',
    `${CHG3}/review`,
    { closeCode: 'successful' },
    {
      closeCode: 'successful',
    },
  );
  await rita.posts('Its change is closed', `${CHG3}/close`, {}, { state: 'Closed', closeCode: 'successful' });
  await rita.posts('Its early life is over', `${REL3}/end-early-life-support`, {}, { state: 'Review' });
  await rita.posts('It is live in full', `${REL3}/close`, {}, { state: 'Closed', outcome: 'full' });
};
