import 'reflect-metadata';
import { type TestService, testService } from '@slipway/service/testing';
import { services } from './services.ts';
import { approveTheChange } from './walk/approval.ts';
import { giveOneUp } from './walk/bad-day.ts';
import { type Cast, castOf } from './walk/cast.ts';
import { fillTheCatalog } from './walk/catalog.ts';
import { closeTheRelease, planTheNext } from './walk/ending.ts';
import { changeTheFirewall, doItByHand, keepInStep } from './walk/firewall.ts';
import { firstWave } from './walk/first-wave.ts';
import { closeTheFix, fixForward } from './walk/forward-fix.ts';
import { ALERTMANAGER_TOKEN, endTheIncident, findTheCause } from './walk/incident.ts';
import { holdTheReview, solveTheProblem } from './walk/learning.ts';
import { lookBack } from './walk/looking-back.ts';
import { planTheRelease, planTheReleaseBefore } from './walk/planning.ts';
import { readTheTrail, seeHowAllEnded } from './walk/trail.ts';
import { Walk } from './walk/walker.ts';
import { deployTheReleaseBefore, secondWave, testAndGo } from './walk/waves.ts';

// A release manager's work on three services and four environments, from the catalog to the trail.

/** A chapter is up to sixty steps. */
const CHAPTER_MS = 180_000;

let slipway: TestService;
let walk: Walk;
let cast: Cast;

beforeAll(async () => {
  process.env['ALERTMANAGER_WEBHOOK_TOKEN'] = ALERTMANAGER_TOKEN;
  const [first, ...others] = services;
  if (!first) throw new Error('there are no services');
  slipway = await testService(first, ...others);
  walk = new Walk(slipway);
  cast = await castOf(walk);
});
afterAll(() => slipway.stop());

test('the catalog is filled, and roles are granted', () => fillTheCatalog(cast), CHAPTER_MS);
test('two releases are planned, one of which needs the other', () => planTheReleaseBefore(walk, cast), CHAPTER_MS);
test('the release before goes live', () => deployTheReleaseBefore(walk, cast), CHAPTER_MS);
test('the release is planned: scope, phases, content, train and window', () => planTheRelease(walk, cast), CHAPTER_MS);
test('its change is rejected, approved, changed and approved again', () => approveTheChange(cast), CHAPTER_MS);
test('it is tested, and Rita says go', () => testAndGo(walk, cast), CHAPTER_MS);
test('the first wave: Europe, with a retry and a redeployment', () => firstWave(walk, cast), CHAPTER_MS);
test('the second wave: America, where one service goes back', () => secondWave(walk, cast), CHAPTER_MS);
test('something breaks, and its cause is found', () => findTheCause(walk, cast), CHAPTER_MS);
test('it is fixed forward', () => fixForward(walk, cast), CHAPTER_MS);
test('the incident ends, comes back, and ends again', () => endTheIncident(walk, cast), CHAPTER_MS);
test('a firewall is changed without a release', () => changeTheFirewall(walk, cast), CHAPTER_MS);
test('which Nils does by hand', () => doItByHand(cast), CHAPTER_MS);
test('a change is kept in step by a pipeline', () => keepInStep(walk, cast), CHAPTER_MS);
test('the fix is closed', () => closeTheFix(cast), CHAPTER_MS);
test('the problem behind it is solved', () => solveTheProblem(cast), CHAPTER_MS);
test('it is reviewed, until nothing is left to do', () => holdTheReview(walk, cast), CHAPTER_MS);
test('the release is closed as what it was', () => closeTheRelease(cast), CHAPTER_MS);
test('the next one is planned', () => planTheNext(cast), CHAPTER_MS);
test('one more fails, and is given up', () => giveOneUp(walk, cast), CHAPTER_MS);
test('lists, counts, notes and figures agree with it', () => lookBack(walk, cast), CHAPTER_MS);
test('every record ended as it should', () => seeHowAllEnded(cast), CHAPTER_MS);
test('the trail tells it, in order', () => readTheTrail(walk, cast), CHAPTER_MS);
test('all of that took more than 60 steps', () => expect(walk.steps.length).toBeGreaterThanOrEqual(60));
