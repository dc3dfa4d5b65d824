import type { ReleaseTrainEvent } from '@slipway/contracts';
import { specification, type Stamped } from '@slipway/event-sourcing';
import { rita, sealed, stamp } from './example.ts';
import type { TrainCommand } from './release-train-commands.ts';
import { releaseTrain } from './release-train.ts';

const given = specification(releaseTrain);
const cadence = { start: '2026-03-03T20:00', timeZone: 'Europe/Berlin', rrule: 'FREQ=WEEKLY', durationMinutes: 120 };
const monthly = { ...cadence, rrule: 'FREQ=MONTHLY' };
const facts = { title: 'Shop, on Tuesdays', owner: rita, cadence };
const planned: ReleaseTrainEvent = { type: 'ReleaseTrainPlanned', data: { ...stamp, ...facts } };
const retired: ReleaseTrainEvent = { type: 'ReleaseTrainRetired', data: { ...stamp, reason: sealed } };
const plan: Stamped<TrainCommand> = { type: 'PlanReleaseTrain', data: facts, stamp };
const change: Stamped<TrainCommand> = { type: 'ChangeCadence', data: { cadence: monthly, reason: sealed }, stamp };
const retire: Stamped<TrainCommand> = { type: 'RetireReleaseTrain', data: { reason: sealed }, stamp };

test('a train is planned, given another cadence, and retired', () => {
  expect(given().when(plan)).toEqual([planned]);
  expect(given(planned).when(change)).toEqual([
    { type: 'ReleaseTrainCadenceChanged', data: { ...stamp, cadence: monthly, reason: sealed } },
  ]);
  expect(given(planned).when(retire)).toEqual([retired]);
});
test('the same again has no effect', () => {
  expect(given(planned).when({ ...change, data: { cadence } })).toEqual([]);
  expect(given(planned, retired).when(retire)).toEqual([]);
});
test('what cannot be says why', () => {
  expect(given(planned).when(plan)).toMatchObject({ rejected: 'already-planned' });
  expect(given().when(change)).toMatchObject({ rejected: 'not-planned' });
  expect(given(planned, retired).when(change)).toMatchObject({ rejected: 'train-retired' });
});
