import type { ReleaseTrainEvent } from '@slipway/contracts';
import { fold, isRejection, type Stamped } from '@slipway/event-sourcing';
import { rita, sealed, stamp } from './example.ts';
import { type TrainCommandType, trainMoveRefusal, trainMoves, type TrainStatus } from './release-train-moves.ts';
import type { TrainCommand } from './release-train-commands.ts';
import { releaseTrain } from './release-train.ts';

// Every state, as what may have led there, and every command, as what may be asked.

const cadence = { start: '2026-03-03T20:00', timeZone: 'Europe/Berlin', rrule: 'FREQ=WEEKLY', durationMinutes: 120 };
const monthly = { ...cadence, rrule: 'FREQ=MONTHLY' };
const facts = { title: 'Shop, on Tuesdays', owner: rita, cadence };
const planned: ReleaseTrainEvent = { type: 'ReleaseTrainPlanned', data: { ...stamp, ...facts } };
const changed: ReleaseTrainEvent = { type: 'ReleaseTrainCadenceChanged', data: { ...stamp, cadence: monthly } };
const retired: ReleaseTrainEvent = { type: 'ReleaseTrainRetired', data: { ...stamp, reason: sealed } };

const histories: Readonly<Record<TrainStatus, readonly (readonly ReleaseTrainEvent[])[]>> = {
  None: [[]],
  Running: [[planned], [planned, changed]],
  Retired: [
    [planned, retired],
    [planned, changed, retired],
  ],
};

const examples: Readonly<Record<TrainCommandType, readonly Stamped<TrainCommand>[]>> = {
  PlanReleaseTrain: [{ type: 'PlanReleaseTrain', data: facts, stamp }],
  ChangeCadence: [cadence, monthly].map(each => ({ type: 'ChangeCadence', data: { cadence: each }, stamp })),
  RetireReleaseTrain: [{ type: 'RetireReleaseTrain', data: { reason: sealed }, stamp }],
};

const statuses = Object.keys(histories) as TrainStatus[];
const commandTypes = Object.keys(examples) as TrainCommandType[];
const pairs = statuses.flatMap(status => commandTypes.map(type => [status, type] as const));

/** Where all the examples of a command led from all that led to a state, and the codes of the refused ones. */
const tryOut = (status: TrainStatus, type: TrainCommandType) => {
  const decided = histories[status].flatMap(history => {
    const state = fold(releaseTrain, history);
    return examples[type].map(example => {
      const decision = releaseTrain.decide(example, state);
      return isRejection(decision)
        ? { code: decision.rejected }
        : { end: decision.reduce(releaseTrain.evolve, state).status };
    });
  });
  const ends = decided.flatMap(({ end }) => (end === undefined ? [] : [end]));
  const codes = decided.flatMap(({ code }) => (code === undefined ? [] : [code]));
  return { ends: [...new Set(ends)], codes: [...new Set(codes)] };
};

test.each(statuses)('every history of %s leads there', status =>
  expect(histories[status].map(history => fold(releaseTrain, history).status)).toEqual(
    histories[status].map(() => status),
  ),
);

test('every state and every command is in the moves', () => {
  expect(new Set(Object.keys(trainMoves))).toEqual(new Set(statuses));
  expect(new Set(statuses.flatMap(status => Object.keys(trainMoves[status])))).toEqual(new Set(commandTypes));
});

test.each(pairs.filter(([status, type]) => trainMoves[status][type]))(
  '%s takes %s, and goes where the moves say',
  (status, type) => expect(tryOut(status, type)).toEqual({ ends: trainMoves[status][type], codes: [] }),
);

test.each(pairs.filter(([status, type]) => !trainMoves[status][type]))('%s refuses %s with a code', (status, type) =>
  expect(tryOut(status, type)).toEqual({ ends: [], codes: [trainMoveRefusal(type, status)?.rejected] }),
);
