import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { handOverWhenIncidentMerged } from './hand-over-when-incident-merged.ts';

const given = processSpecification(handOverWhenIncidentMerged);
const stream = 'incident-i1';
const stamp = stampOf('person-ines');
const carried = { serviceIds: ['s1'], impactStartedAt: '2026-03-02T08:00:00Z', causes: [] };
const alert = { alertId: 'a1', fingerprint: 'f', groupKey: 'g', status: 'firing', serviceIds: ['s1'] } as const;

test('the one that goes on learns what the merged one had', () =>
  expect(
    given().when({ type: 'IncidentMerged', stream, data: { ...stamp, intoIncidentId: 'i2', ...carried } }),
  ).toEqual([{ send: { type: 'AbsorbIncident', data: { fromIncidentId: 'i1', ...carried } }, to: 'incident-i2' }]));

test('and each alert that moved, with when it came to its status', () =>
  expect(given().when({ type: 'AlertForwarded', stream, data: { ...stamp, intoIncidentId: 'i2', ...alert } })).toEqual([
    { send: { type: 'TakeOverAlert', data: { ...alert, occurredAt: stamp.occurredAt } }, to: 'incident-i2' },
  ]));
