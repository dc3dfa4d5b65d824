import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { reviewChangeWhenWindowOver } from './review-change-when-window-over.ts';

const given = processSpecification(reviewChangeWhenWindowOver);
const stamp = stampOf('person-00000000-0000-4000-8000-000000000001');
const window = { start: '2026-03-02T10:00:00Z', end: '2026-03-02T14:00:00Z' };
const stream = 'change-c1';

test.each(['ChangeScheduled', 'ChangeMoved'] as const)('the timer is set by %s', type =>
  expect(given().when({ type, stream, data: { window, ...stamp } })).toEqual([
    { schedule: { type: 'EndWindow', data: {} }, to: stream, at: window.end },
  ]),
);

test('a canceled change has no timer', () =>
  expect(given().when({ type: 'ChangeCanceled', stream, data: { reason: 'sealed:v1:x', ...stamp } })).toEqual([
    { cancel: 'EndWindow', to: stream },
  ]));
