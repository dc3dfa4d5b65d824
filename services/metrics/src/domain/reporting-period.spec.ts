import type { ReportingPeriodEvent } from '@slipway/contracts';
import { samples } from '@slipway/contracts';
import { fold, isRejection, specification, stampOf } from '@slipway/event-sourcing';
import {
  reportingPeriod,
  type ReportingPeriodCommand,
  reportingPeriodMoves,
  type ReportingPeriod,
} from './reporting-period.ts';

const at = (recordedAt: string) => stampOf('process-close-reporting-periods', recordedAt);
const given = specification(reportingPeriod);
const march = {
  period: '2026-03',
  zone: 'Europe/Berlin',
  from: '2026-02-28T23:00:00.000Z',
  to: '2026-03-31T22:00:00.000Z',
  provisionalDays: 14,
};
const closing = (recordedAt: string) => ({ type: 'CloseReportingPeriod', data: march, stamp: at(recordedAt) }) as const;
const sample = samples['FiguresRestated'] as Extract<ReportingPeriodEvent, { type: 'FiguresRestated' }>['data'];
const restating = (through: number) =>
  ({
    type: 'RestateFigures',
    data: { ...sample, from: through - 1, through },
    stamp: at('2026-05-01T00:00:00.000Z'),
  }) as const;
const closed: ReportingPeriodEvent = {
  type: 'ReportingPeriodClosed',
  data: { ...march, ...at('2026-04-14T22:00:00.000Z') },
};
const restated = (through: number): ReportingPeriodEvent => ({
  type: 'FiguresRestated',
  data: { ...restating(through).data, ...at('2026-05-01T00:00:00.000Z') },
});

test('a period is closed once it was provisional for its days, and not before', () => {
  expect(given().when(closing('2026-04-14T22:00:00.000Z'))).toEqual([closed]);
  expect(given().when(closing('2026-04-14T21:59:59.999Z'))).toMatchObject({ rejected: 'period-not-over' });
});

test('closed again, it stays as it is', () =>
  expect(given(closed).when(closing('2026-06-01T00:00:00.000Z'))).toEqual([]));

test('what changes its figures later is told once, in the order of the log', () => {
  expect(given(closed).when(restating(20))).toMatchObject([{ type: 'FiguresRestated', data: { through: 20 } }]);
  expect(given(closed, restated(20)).when(restating(20))).toMatchObject({ rejected: 'already-restated' });
  expect(given(closed, restated(20)).when(restating(19))).toMatchObject({ rejected: 'already-restated' });
  expect(given(closed, restated(20)).when(restating(21))).toMatchObject([{ type: 'FiguresRestated' }]);
});

test('figures of a period that is not closed are not restated', () =>
  expect(given().when(restating(20))).toMatchObject({ rejected: 'period-not-closed' }));

const histories: Readonly<Record<ReportingPeriod['status'], readonly ReportingPeriodEvent[]>> = {
  'not-closed': [],
  closed: [closed],
};
const commands: readonly ReportingPeriodCommand[] = [closing('2026-05-01T00:00:00.000Z'), restating(20)];

test.each(
  (['not-closed', 'closed'] as const).flatMap(status =>
    commands.map(command => [status, command.type, command] as const),
  ),
)('%s, %s: as the table of moves says', (status, type, command) => {
  const move = reportingPeriodMoves[status][type];
  const decided = given(...histories[status]).when(command as never);
  if (!move) return expect(isRejection(decided)).toBe(true);
  const after = fold(reportingPeriod, [...histories[status], ...(decided as readonly ReportingPeriodEvent[])]);
  return expect(after.status).toBe(move.to);
});
