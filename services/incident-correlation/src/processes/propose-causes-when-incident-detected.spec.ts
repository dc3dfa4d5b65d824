import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { proposeCausesWhenIncidentDetected } from './propose-causes-when-incident-detected.ts';

const given = processSpecification(proposeCausesWhenIncidentDetected);
const stream = 'incident-i1';
const stamp = stampOf('person-ines');
const detected = {
  type: 'IncidentDetected',
  stream,
  data: {
    ...stamp,
    title: 't',
    severity: 'high',
    major: false,
    serviceIds: ['s1'],
    detectedBy: 'person',
    impactStartedAt: '2026-03-02T08:00:00Z',
  },
} as const;
const attached = (...serviceIds: string[]) =>
  ({
    type: 'AlertAttached',
    stream,
    data: { ...stamp, alertId: 'a1', fingerprint: 'f', groupKey: 'g', status: 'firing', serviceIds },
  }) as const;
const propose = [{ send: { type: 'ProposeCauses', data: {} }, to: stream }];

test('once it is detected', () => expect(given().when(detected)).toEqual(propose));

test('again when one more service is affected', () => {
  expect(given(detected).when(attached('s1'))).toEqual([{ ignore: 'no other service is affected' }]);
  expect(given(detected).when(attached('s1', 's2'))).toEqual(propose);
});

test('again when the impact began at another time', () =>
  expect(
    given(detected).when({
      type: 'ImpactStartCorrected',
      stream,
      data: { ...stamp, impactStartedAt: '2026-03-02T07:00:00Z', reason: 'sealed:v1:x' },
    }),
  ).toEqual(propose));

describe('of history', () => {
  const imported = (other: object = {}) =>
    ({
      type: 'IncidentImported',
      stream,
      data: {
        ...stamp,
        origin: { system: 'pagerduty', key: 'P1', batch: 'b1' },
        title: 't',
        severity: 'high',
        major: false,
        serviceIds: ['s1'],
        detectedAt: '2025-03-02T08:00:00Z',
        namedCauses: [],
        ...other,
      },
    }) as const;
  test('once it is imported', () => expect(given().when(imported())).toEqual(propose));
  test('not of a false alarm', () =>
    expect(given().when(imported({ canceled: 'false-alarm' }))).toEqual([{ ignore: 'it was none' }]));
});
