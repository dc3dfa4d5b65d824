import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { matchAlertWhenReported } from './match-alert-when-reported.ts';

test('each status asks anew where the alert belongs', () =>
  expect(
    processSpecification(matchAlertWhenReported)().when({
      type: 'AlertReported',
      stream: 'alert-a1',
      data: {
        ...stampOf('person-am'),
        tool: 'alertmanager',
        fingerprint: 'f1',
        groupKey: 'g1',
        status: 'firing',
        name: 'HighErrorRate',
        labels: {},
        startsAt: '2026-03-02T09:00:00Z',
        payload: 'sealed:v1:x',
      },
    }),
  ).toEqual([{ send: { type: 'MatchAlert', data: {} }, to: 'alert-a1' }]));
