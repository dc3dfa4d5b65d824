import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { openIncidentWhenVerificationFailed } from './open-incident-when-verification-failed.ts';

const given = processSpecification(openIncidentWhenVerificationFailed);
const stream = 'deployment-d1';
const requested = (production: boolean) =>
  ({
    type: 'DeploymentRequested',
    stream,
    data: {
      ...stampOf('person-dan'),
      kind: 'planned',
      target: { serviceId: 's1', environmentId: 'e1', wave: 1 },
      production,
      digests: [],
      version: '2.4.0',
      deployer: 'person-dan',
    },
  }) as const;
const tookTraffic = { type: 'TrafficTaken', stream, data: stampOf('person-dan', '2026-03-02T09:10:00Z') } as const;
const failed = {
  type: 'VerificationFailed',
  stream,
  data: { ...stampOf('person-dan', '2026-03-02T09:15:00Z'), checks: ['smoke', 'latency'], reason: 'sealed:v1:x' },
} as const;

test('users are hit from when it took traffic', () => {
  const [first] = given(requested(true), tookTraffic).when(failed);
  expect(first).toEqual({
    send: {
      type: 'OpenIncident',
      data: {
        title: 'Verification of 2.4.0 failed: smoke, latency',
        severity: 'high',
        major: false,
        serviceIds: ['s1'],
        environmentId: 'e1',
        detectedBy: 'verification',
        impactStartedAt: '2026-03-02T09:10:00Z',
        deploymentId: 'd1',
      },
    },
    to: expect.stringMatching(/^incident-[0-9a-f-]{36}$/),
  });
  const [second] = given(requested(true), tookTraffic, failed).when(failed);
  expect(second).toMatchObject({ to: (first as { to: string }).to });
});

test('without traffic, from when it was found', () =>
  expect(given(requested(true)).when(failed)).toMatchObject([
    { send: { data: { impactStartedAt: '2026-03-02T09:15:00Z' } } },
  ]));

test('outside production it is nobody’s incident', () =>
  expect(given(requested(false), tookTraffic).when(failed)).toEqual([{ ignore: 'it is not in production' }]));

test('nothing else opens one', () => expect(given(requested(true)).when(tookTraffic)).toEqual([]));
