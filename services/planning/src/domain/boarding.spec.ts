import { specification } from '@slipway/event-sourcing';
import { authorized, both, command, draft, event, planned, sealed, window } from './example.ts';
import { release } from './release.ts';

const given = specification(release);
const departure = '2026-03-10T20:00:00Z';
const departs = { start: departure, end: '2026-03-10T22:00:00Z' };
const train = { trainId: 'train', departure, window: departs };
const board = command('BoardTrain', { ...train, isRetired: false });
const boarded = event('ReleaseBoardedTrain', train);
const moved = event('ReleaseRescheduled', { ...both, window: departs });
const leftBy = (cause: 'asked' | 'rescheduled' | 'another-departure', reason?: string) =>
  event('ReleaseLeftTrain', { trainId: 'train', departure, cause, ...(reason && { reason }) });

describe('boarding a departure', () => {
  test('gives a draft the window that it is scheduled with', () => {
    expect(given(...draft).when(board)).toEqual([boarded]);
    expect(given(...draft, boarded).when(board)).toEqual([]);
    expect(given(...draft, boarded).when(command('ScheduleRelease', both))).toEqual([
      event('ReleaseScheduled', { ...both, window: departs }),
    ]);
    expect(given(...draft).when(command('ScheduleRelease', both))).toMatchObject({ rejected: 'no-window' });
  });
  test('moves the window of a release that has one, and leaves it authorized', () => {
    expect(given(...planned).when(board)).toEqual([boarded, moved]);
    expect(given(...authorized).when(board)).toEqual([boarded, moved]);
  });
  test('leaves the one before', () => {
    const next = { trainId: 'train', departure: '2026-03-17T20:00:00Z', window };
    expect(given(...draft, boarded).when(command('BoardTrain', { ...next, isRetired: false }))).toEqual([
      leftBy('another-departure'),
      event('ReleaseBoardedTrain', next),
    ]);
  });
  test('is refused where none departs, any more or at all', () => {
    const refused = (facts: object) =>
      given(...draft).when(command('BoardTrain', { ...board.data, ...facts } as never));
    expect(refused({ isRetired: true })).toMatchObject({ rejected: 'train-retired' });
    expect(refused({ window: undefined })).toMatchObject({ rejected: 'no-such-departure' });
    expect(refused({ departure: '2026-03-02T09:00:00Z' })).toMatchObject({ rejected: 'departed' });
  });
});

describe('leaving a train', () => {
  test('is a fact with a reason; the window stays', () => {
    const leave = command('LeaveTrain', { reason: sealed });
    expect(given(...planned, boarded, moved).when(leave)).toEqual([leftBy('asked', sealed)]);
    expect(given(...draft).when(leave)).toMatchObject({ rejected: 'not-aboard' });
    expect(given(...draft, boarded, leftBy('asked')).when(leave)).toMatchObject({ rejected: 'not-aboard' });
  });
  test('comes with a window that is not that of the departure', () => {
    const reschedule = (start: string) => command('RescheduleRelease', { window: { ...departs, start } });
    expect(given(...planned, boarded, moved).when(reschedule('2026-03-10T20:30:00Z'))).toHaveLength(1);
    expect(given(...planned, boarded, moved).when(reschedule('2026-03-10T19:30:00Z'))).toMatchObject([
      { type: 'ReleaseRescheduled' },
      leftBy('rescheduled'),
    ]);
    expect(given(...draft, boarded).when(command('ScheduleRelease', { window, ...both }))).toMatchObject([
      { type: 'ReleaseScheduled' },
      leftBy('rescheduled'),
    ]);
  });
});
