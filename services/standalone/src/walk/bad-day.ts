import { artifact, type Cast, rollbackPlan, window } from './cast.ts';
import { finish, run } from './roll-out.ts';
import type { Walk } from './walker.ts';

const REL5 = '/v1/releases/REL-5';
const CHG7 = '/v1/changes/CHG-7';
const DEP15 = '/v1/deployments/DEP-15';
const INC2 = '/v1/incidents/INC-2';
const INC3 = '/v1/incidents/INC-3';

/** One more release: changed late, started too early, failed, undone and given up. */
export const giveOneUp = async (walk: Walk, cast: Cast): Promise<void> => {
  await changeItLate(walk, cast);
  await deployIt(walk, cast);
  await failIt(walk, cast);
  await careForTheUsers(cast);
  await endIt(cast);
};

const changeItLate = async (walk: Walk, { rita }: Cast): Promise<void> => {
  const draft = { title: 'Faster cart', class: 'patch', changeModel: 'standard' };
  await rita.posts('Rita drafts a patch', '/v1/releases', draft, { number: 'REL-5' });
  await rita.posts('It brings cart 1.9.0', `${REL5}/attach-artifact`, artifact(walk, 'cart', '1.9.0'), {});
  await rita.posts('with a way back', `${REL5}/register-rollback-plan`, rollbackPlan, {});
  const { start, end } = window(walk);
  const targets = [{ service: 'cart', environment: 'production-us' }];
  await rita.posts('It is scheduled', `${REL5}/schedule`, { window: { start, end }, targets }, { state: 'Planned' });
  const shorter = { start, end: walk.at(9 * 60) };
  await rita.posts('A shorter window will do, too', `${REL5}/reschedule`, { window: shorter }, { state: 'Authorized' });
  await rita.sees('and its change moves with it', CHG7, { state: 'Scheduled', window: shorter });
  await rita.posts(
    '1.9.0 goes: what was authorized is no more',
    `${REL5}/detach-artifact`,
    { service: 'cart' },
    { state: 'Planned', artifacts: [] },
  );
  await rita.posts('and 1.9.1 comes', `${REL5}/attach-artifact`, artifact(walk, 'cart', '1.9.1'), {});
  await rita.sees('which is authorized anew', REL5, { state: 'Authorized', artifacts: [{ version: '1.9.1' }] });
};

const deployIt = async (walk: Walk, { rita, pipeline }: Cast): Promise<void> => {
  const request = { service: 'cart', environment: 'production-us', release: 'REL-5' };
  await pipeline.posts('The pipeline asks too early', '/v1/deployments', request, { number: 'DEP-15' });
  await pipeline.sees('and waits', DEP15, { state: 'Waiting', decision: { verdict: 'deny' } });
  await pipeline.isRefused('Nothing starts without a yes', 'not-allowed', `${DEP15}/start`);
  await rita.posts('Rita says go', `${REL5}/go`, {}, { state: 'Ready' });
  await pipeline.posts('The pipeline asks again', `${DEP15}/decision`, {}, { attempt: 2 });
  await pipeline.sees('and may', DEP15, { decision: { verdict: 'allow' } });
  await pipeline.posts('DEP-15 starts', `${DEP15}/start`, { occurredAt: walk.at(108) }, { state: 'Running' });
  await pipeline.posts('A step begins', `${DEP15}/steps/warm-up/start`, { occurredAt: walk.at(108) }, {});
  await pipeline.posts(
    'and fails',
    `${DEP15}/steps/warm-up/fail`,
    { reason: 'Too cold.', occurredAt: walk.at(109) },
    { steps: [{ step: 'warm-up', state: 'failed', reason: 'Too cold.' }] },
  );
};

const failIt = async (walk: Walk, cast: Cast): Promise<void> => {
  const { rita, pipeline } = cast;
  await pipeline.posts(
    'It takes traffic all the same',
    `${DEP15}/took-traffic`,
    { percent: 100, occurredAt: walk.at(110) },
    { tookTraffic: { percent: 100 } },
  );
  await pipeline.posts('It is rolled out', `${DEP15}/finish`, { occurredAt: walk.at(111) }, { state: 'Verifying' });
  await pipeline.posts(
    'and does not work',
    `${DEP15}/verify`,
    { outcome: 'failed', checks: ['smoke'], reason: 'Carts are empty.', occurredAt: walk.at(112) },
    { state: 'Failed', verification: { outcome: 'failed', reason: 'Carts are empty.' } },
  );
  const rollback = { reason: 'Carts are empty.' };
  await pipeline.posts('It is rolled back', `${DEP15}/roll-back`, rollback, { number: 'DEP-16', kind: 'rollback' });
  await pipeline.posts('DEP-16 starts', '/v1/deployments/DEP-16/start', { occurredAt: walk.at(113) }, {});
  await finish(walk, cast, run('DEP-16', 'cart', 'production-us', 113));
  await pipeline.sees('1.8.0 is back', DEP15, { state: 'RolledBack', rollback: { cause: 'fault' } });
  await rita.sees('Nothing of the release is live: it is in review', REL5, { state: 'Review' });
};

const careForTheUsers = async ({ ivy }: Cast): Promise<void> => {
  await ivy.sees('The failed verification opened an incident', INC2, { state: 'Detected', detectedBy: 'verification' });
  await ivy.posts(
    'Somebody calls about the same',
    '/v1/incidents',
    { title: 'Empty carts', severity: 'low', services: ['cart'], environment: 'production-us' },
    { number: 'INC-3', state: 'Detected', detectedBy: 'person' },
  );
  await ivy.posts(
    'It is the same',
    `${INC3}/merge`,
    { into: 'INC-2', reason: 'The same carts.' },
    { state: 'Canceled' },
  );
  await ivy.sees('and goes on there', INC2, { absorbed: [expect.any(String)] });
  await ivy.isRefused('What is canceled is over', 'incident-canceled', `${INC3}/acknowledge`);
  await ivy.posts('The next one is called', `${INC2}/escalate`, { reason: 'Nobody answers.' }, { escalations: [{}] });
  await ivy.posts('Carts are full again', `${INC2}/resolve`, { note: 'Back on 1.8.0.' }, { state: 'Resolved' });
  await ivy.posts('Ivy closes it', `${INC2}/close`, {}, { state: 'Closed' });
};

const endIt = async ({ rita }: Cast): Promise<void> => {
  await rita.isRefused('Nothing of it was successful', 'close-code-not-permitted', `${CHG7}/review`, {
    closeCode: 'successful-with-issues',
  });
  await rita.posts('It was not', `${CHG7}/review`, { closeCode: 'unsuccessful' }, { closeCode: 'unsuccessful' });
  await rita.posts('The change is closed', `${CHG7}/close`, {}, { state: 'Closed' });
  await rita.posts(
    'It is planned again',
    `${REL5}/reopen-planning`,
    { reason: 'With more heat.' },
    { state: 'Planned' },
  );
  await rita.isRefused('What was started is not canceled', 'already-started', `${REL5}/cancel`, { reason: 'No.' });
  await rita.posts('and given up', `${REL5}/withdraw`, { reason: 'Carts are fast enough.' }, { state: 'Withdrawn' });
};
