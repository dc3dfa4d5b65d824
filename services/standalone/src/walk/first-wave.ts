import { artifact, type Cast, digestOf } from './cast.ts';
import { finish, rollOut, run, start } from './roll-out.ts';
import type { Walk } from './walker.ts';

const REL2 = '/v1/releases/REL-2';

/** Europe: one target at the second attempt, one with its steps told, one that runs once more. */
export const firstWave = async (walk: Walk, cast: Cast): Promise<void> => {
  await rollOut(walk, cast, run('DEP-4', 'cart', 'production-eu', 20), { release: 'REL-2' });
  await cast.rita.sees('The release is under way', REL2, { state: 'Deploying' });
  await cast.rita.isRefused(
    'Its content is frozen now',
    'content-frozen',
    `${REL2}/attach-artifact`,
    artifact(walk, 'cart', '1.8.1'),
  );
  await retry(walk, cast);
  await stepByStep(walk, cast);
  await redeploy(walk, cast);
};

const retry = async (walk: Walk, cast: Cast): Promise<void> => {
  const { pipeline, rita } = cast;
  await start(walk, cast, run('DEP-5', 'payment', 'production-eu', 26), { release: 'REL-2', wave: 1 });
  await pipeline.isRefused(
    'A second run does not start beside it',
    'not-allowed',
    `/v1/deployments/${await another(cast)}/start`,
  );
  await pipeline.posts(
    'It is taken back',
    '/v1/deployments/DEP-6/cancel',
    { reason: 'One is enough.' },
    { state: 'Canceled' },
  );
  await pipeline.posts(
    'DEP-5 fails before it takes traffic',
    '/v1/deployments/DEP-5/fail',
    { reason: 'The image cannot be pulled.', occurredAt: walk.at(28) },
    { state: 'Failed', reason: 'The image cannot be pulled.' },
  );
  await rita.sees('The change goes on, and knows', '/v1/changes/CHG-2', {
    state: 'Implement',
    attempts: expect.arrayContaining([expect.objectContaining({ outcome: 'failed' })]),
  });
  await rollOut(walk, cast, run('DEP-7', 'payment', 'production-eu', 30), { release: 'REL-2' });
};

const another = async ({ pipeline }: Cast): Promise<string> => {
  const { number } = await pipeline.posts(
    'Somebody asks for the same again',
    '/v1/deployments',
    { service: 'payment', environment: 'production-eu', release: 'REL-2' },
    { number: 'DEP-6' },
  );
  return String(number);
};

const stepByStep = async (walk: Walk, cast: Cast): Promise<void> => {
  const { pipeline } = cast;
  const path = '/v1/deployments/DEP-8';
  const steps = [
    { step: 'migrate', plannedSeconds: 60 },
    { step: 'canary', plannedSeconds: 120, maxErrors: 5 },
  ];
  await start(walk, cast, run('DEP-8', 'checkout', 'production-eu', 36), { release: 'REL-2', steps });
  await pipeline.posts(
    'The database is migrated',
    `${path}/steps/migrate/start`,
    { occurredAt: walk.at(37) },
    {
      steps: [
        { step: 'migrate', state: 'running' },
        { step: 'canary', state: 'planned' },
      ],
    },
  );
  await pipeline.posts(
    'which is done',
    `${path}/steps/migrate/succeed`,
    { occurredAt: walk.at(38) },
    {
      steps: [{ step: 'migrate', state: 'succeeded' }, { step: 'canary' }],
    },
  );
  await pipeline.posts(
    'A canary starts',
    `${path}/steps/canary/start`,
    { occurredAt: walk.at(38) },
    {
      steps: [{}, { step: 'canary', state: 'running' }],
    },
  );
  await pipeline.posts(
    'At half way it has more errors than it should',
    `${path}/steps/canary/report`,
    { percent: 50, errors: 7, occurredAt: walk.at(39) },
    { steps: [{}, { percent: 50, errors: 7, thresholdExceededAt: walk.at(39) }] },
  );
  await pipeline.posts(
    'It settles all the same',
    `${path}/steps/canary/succeed`,
    { occurredAt: walk.at(40) },
    {
      steps: [{}, { state: 'succeeded' }],
    },
  );
  await pipeline.posts(
    'Its log is kept',
    `${path}/link-log`,
    { url: 'https://ci.example/8', digest: digestOf('log') },
    {
      logs: [{ url: 'https://ci.example/8' }],
    },
  );
  await finish(walk, cast, run('DEP-8', 'checkout', 'production-eu', 40));
};

const COMPARED = {
  services: [
    { service: 'cart', outcome: 'only-here' },
    { service: 'checkout', outcome: 'only-here' },
    { service: 'payment', outcome: 'different' },
  ],
};

const redeploy = async (walk: Walk, cast: Cast): Promise<void> => {
  const { rita } = cast;
  const live = { kind: 'redeploy', digests: [artifact(walk, 'cart', '1.8.0').digest], version: '1.8.0' };
  await rollOut(walk, cast, run('DEP-9', 'cart', 'production-eu', 46), live);
  await rita.sees('which is no attempt under the change', '/v1/changes/CHG-2', { attempts: [{}, {}, {}, {}] });
  await rita.sees('Europe runs what was released', '/v1/environments/production-eu/running', {
    services: [
      { service: 'cart', artifactVersion: '1.8.0' },
      { service: 'checkout', artifactVersion: '2.4.0' },
      { service: 'payment', artifactVersion: '3.1.0' },
    ],
  });
  await rita.sees('America does not, yet', '/v1/environments/production-eu/compare/production-us', COMPARED);
};
