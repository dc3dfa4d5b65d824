import { approveTheChange } from './approval.ts';
import { giveOneUp } from './bad-day.ts';
import type { Cast } from './cast.ts';
import { closeTheRelease, planTheNext } from './ending.ts';
import { changeTheFirewall, doItByHand, keepInStep } from './firewall.ts';
import { firstWave } from './first-wave.ts';
import { closeTheFix, fixForward } from './forward-fix.ts';
import { endTheIncident, findTheCause } from './incident.ts';
import { holdTheReview, solveTheProblem } from './learning.ts';
import { lookBack } from './looking-back.ts';
import { planTheRelease, planTheReleaseBefore } from './planning.ts';
import { readTheTrail, seeHowAllEnded } from './trail.ts';
import type { Walk } from './walker.ts';
import { deployTheReleaseBefore, secondWave, testAndGo } from './waves.ts';

type Chapter = (walk: Walk, cast: Cast) => Promise<void>;

/** All that happens once the catalog is filled, in its order: in whichever way the steps are carried out. */
export const chapters: readonly (readonly [title: string, chapter: Chapter])[] = [
  ['two releases are planned, one of which needs the other', planTheReleaseBefore],
  ['the release before goes live', deployTheReleaseBefore],
  ['the release is planned: scope, phases, content, train and window', planTheRelease],
  ['its change is rejected, approved, changed and approved again', (_, cast) => approveTheChange(cast)],
  ['it is tested, and Rita says go', testAndGo],
  ['the first wave: Europe, with a retry and a redeployment', firstWave],
  ['the second wave: America, where one service goes back', secondWave],
  ['something breaks, and its cause is found', findTheCause],
  ['it is fixed forward', fixForward],
  ['the incident ends, comes back, and ends again', endTheIncident],
  ['a firewall is changed without a release', changeTheFirewall],
  ['which Nils does by hand', (_, cast) => doItByHand(cast)],
  ['a change is kept in step by a pipeline', keepInStep],
  ['the fix is closed', (_, cast) => closeTheFix(cast)],
  ['the problem behind it is solved', (_, cast) => solveTheProblem(cast)],
  ['it is reviewed, until nothing is left to do', holdTheReview],
  ['the release is closed as what it was', (_, cast) => closeTheRelease(cast)],
  ['the next one is planned', (_, cast) => planTheNext(cast)],
  ['one more fails, and is given up', giveOneUp],
  ['lists, counts, notes and figures agree with it', lookBack],
  ['every record ended as it should', (_, cast) => seeHowAllEnded(cast)],
  ['the trail tells it, in order', (_, cast) => readTheTrail(cast)],
];
