import { ask, at, detected, given, mitigated, reason, reopened, resolved, told } from './incident.example.ts';

const correct = (data: object) => ask('CorrectImpactInterval', { interval: 1, reason, ...data });
const twice = [detected, mitigated, reopened, told('IncidentResolved', {}, 35)];

test('an interval of a reopened incident is corrected by itself', () =>
  expect(given(...twice).when(correct({ interval: 2, startedAt: at(28), endedAt: at(33) }))).toEqual([
    told('ImpactIntervalCorrected', { interval: 2, startedAt: at(28), endedAt: at(33), reason }),
  ]));

test('the first one begins when the impact does', () =>
  expect(given(...twice).when(correct({ startedAt: at(3) }))).toEqual([
    told('ImpactStartCorrected', { impactStartedAt: at(3), reason }),
    told('ImpactIntervalCorrected', { interval: 1, startedAt: at(3), endedAt: at(20), reason }),
  ]));

test('one that goes on has no end', () =>
  expect(given(detected, mitigated, reopened).when(correct({ interval: 2, startedAt: at(26) }))).toEqual([
    told('ImpactIntervalCorrected', { interval: 2, startedAt: at(26), reason }),
  ]));

test('what is so already has no effect', () => {
  expect(given(...twice).when(correct({ interval: 2, startedAt: at(27), endedAt: at(35) }))).toEqual([]);
  const corrected = told('ImpactIntervalCorrected', { interval: 2, startedAt: at(28), endedAt: at(33), reason });
  expect(given(...twice, corrected).when(correct({ interval: 2, startedAt: at(28) }))).toEqual([]);
});

test('what was mitigated before it was resolved was restored then', () =>
  expect(given(detected, mitigated, resolved).when(correct({ startedAt: at(5), endedAt: at(20) }))).toEqual([]));

test.each([
  ['no-such-interval', { interval: 3, startedAt: at(3) }],
  ['interval-empty', { startedAt: at(20) }],
  ['intervals-overlap', { interval: 2, startedAt: at(19) }],
  ['intervals-overlap', { startedAt: at(5), endedAt: at(28) }],
  ['in-the-future', { interval: 2, startedAt: at(28), endedAt: at(41) }],
])('%s: %j', (rejected, data) => expect(given(...twice).when(correct(data))).toMatchObject({ rejected }));

test('interval-open: what goes on has no end to correct', () =>
  expect(given(detected).when(correct({ startedAt: at(5), endedAt: at(9) }))).toMatchObject({
    rejected: 'interval-open',
  }));

test('the start of the first is before its end, also when the incident was reopened', () =>
  expect(
    given(detected, mitigated, reopened).when(ask('CorrectImpactStart', { impactStartedAt: at(21), reason })),
  ).toMatchObject({ rejected: 'impact-after-restoration' }));
