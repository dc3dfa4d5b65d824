import type { TargetEvent } from '@slipway/contracts';
import { fold, isRejection } from '@slipway/event-sourcing';
import { at } from './examples.ts';
import { target } from './target.ts';
import type { TargetCommand } from './target-state.ts';
import { type Standing, standingOf, targetMoves } from './target-moves.ts';

// Every way that a target stands to a deployment, as what may have led there, and every command, as what may be asked.

type Type = TargetCommand['type'];

const where = { serviceId: 'checkout', environmentId: 'production' };
const own = { deploymentId: 'own', ...where };
const live = { deploymentId: 'own', digests: [`sha256:${'a'.repeat(64)}`] };
const occupied = (deploymentId: string, preempts?: string): TargetEvent => ({
  type: 'TargetOccupied',
  data: { deploymentId, ...where, ...(preempts && { preempts }), ...at('09:00') },
});
const released = (deploymentId: string): TargetEvent => ({
  type: 'TargetReleased',
  data: { deploymentId, ...where, ...at('09:30') },
});

const histories: Readonly<Record<Standing, readonly (readonly TargetEvent[])[]>> = {
  free: [[], [occupied('other'), released('other')]],
  held: [[occupied('own')], [occupied('other'), released('other'), occupied('own')]],
  taken: [[occupied('other')]],
  left: [[occupied('own'), released('own')], [released('own')]],
  lost: [
    [occupied('own'), occupied('other', 'own')],
    [occupied('own'), released('own'), occupied('other')],
  ],
};

const examples: Readonly<Record<Type, readonly TargetCommand[]>> = {
  OccupyTarget: [
    { type: 'OccupyTarget', data: own },
    { type: 'OccupyTarget', data: { ...own, preempts: 'other' } },
    { type: 'OccupyTarget', data: { ...own, preempts: 'other', baseDigests: live.digests } },
  ],
  ReleaseTarget: [
    { type: 'ReleaseTarget', data: own },
    { type: 'ReleaseTarget', data: { ...own, live } },
  ],
  ObserveOccupied: [{ type: 'ObserveOccupied', data: own }],
  ObserveReleased: [
    { type: 'ObserveReleased', data: own },
    { type: 'ObserveReleased', data: { ...own, live } },
  ],
};

const standings = Object.keys(histories) as Standing[];
const types = Object.keys(examples) as Type[];
const pairs = standings.flatMap(standing => types.map(type => [standing, type] as const));

/** Where all the examples of a command led from all that led to a standing, and the codes of the refused ones. */
const tryOut = (standing: Standing, type: Type) => {
  const ends = new Set<Standing>();
  const codes = new Set<string>();
  for (const history of histories[standing])
    for (const example of examples[type]) {
      const state = fold(target, history);
      const decision = target.decide({ ...example, stamp: at('10:00') }, state);
      if (isRejection(decision)) codes.add(decision.rejected);
      else ends.add(standingOf(decision.reduce(target.evolve, state), 'own'));
    }
  return { ends: [...ends].sort(), codes: [...codes].sort() };
};

test('every standing and every command is in the moves', () => {
  expect(Object.keys(targetMoves).sort()).toEqual([...standings].sort());
  for (const standing of standings) expect(Object.keys(targetMoves[standing]).sort()).toEqual([...types].sort());
});

test.each(standings)('every history of %s leads there', standing =>
  expect(histories[standing].map(history => standingOf(fold(target, history), 'own'))).toEqual(
    histories[standing].map(() => standing),
  ),
);

test.each(pairs)('%s takes %s, and goes where the moves say', (standing, type) =>
  expect(tryOut(standing, type).ends).toEqual([...targetMoves[standing][type]].sort()),
);

test('only who occupies a target may be refused: for another one that runs there, or for what is live', () => {
  const refused = pairs.map(([standing, type]) => [standing, type, tryOut(standing, type).codes] as const);
  expect(refused.filter(([, , codes]) => codes.length > 0)).toEqual([
    ['free', 'OccupyTarget', ['base-changed']],
    ['taken', 'OccupyTarget', ['base-changed', 'target-occupied']],
    ['left', 'OccupyTarget', ['base-changed']],
    ['lost', 'OccupyTarget', ['base-changed', 'target-occupied']],
  ]);
});
