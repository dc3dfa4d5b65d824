import { at, march, rollsOut, run } from './example.ts';
import type { Case } from './worked-case.example.ts';

const FAIL = 'change-fail-rate change-fail-rate';
const PER_DAY = 'deployment-frequency rollouts-per-day';
const DAYS = 'deployment-frequency share-of-days';
const checkout = { serviceIds: ['checkout'] };
const spanOf = (from: string, to: string, zone = 'UTC') => ({
  ...march,
  from: Date.parse(from),
  to: Date.parse(to),
  now: Date.parse(to),
  zone,
});
const april = spanOf('2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z');
const marchInBerlin = spanOf('2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z', 'Europe/Berlin');
const aprilInBerlin = spanOf('2026-03-31T22:00:00Z', '2026-04-30T22:00:00Z', 'Europe/Berlin');
/** Started, with traffic, and ended at this instant. */
const ranUntil = (id: string, change: string, end: string) =>
  run(id, { change }, [end, 'DeploymentStarted'], [end, 'TrafficTaken'], [end, 'DeploymentSucceeded']);

export const frequencyCases: readonly Case[] = [
  {
    case: 'eighteen regions of one rollout',
    because: 'A rollout is all production deployments of one content under one change: 18 runs are 1.',
    given: Array.from({ length: 18 }, (_, n) => rollsOut(`d${n}`, { environment: `region-${n}` }, `${n + 2}`)).flat(),
    figure: PER_DAY,
    is: '1 in 31 days',
  },
  {
    case: 'the first deployment ever',
    because: 'Nothing was before it, and nothing needs to be.',
    given: rollsOut('d1', {}, '2'),
    figure: PER_DAY,
    is: '1 in 31 days',
  },
  {
    case: 'a service of which nothing is known',
    because: 'No data is not 0: nobody ever reported a run of it.',
    given: rollsOut('d1', { service: 'payments' }, '2'),
    figure: PER_DAY,
    scope: checkout,
    is: 'none, no-rollout-known',
  },
  {
    case: 'a month without a rollout, of a service that is known',
    because: 'Here 0 is what was counted: it ran in March, and nothing came in April.',
    given: rollsOut('d1', {}, '2'),
    figure: PER_DAY,
    period: april,
    is: '0 in 30 days',
  },
  {
    case: 'two rollouts on one day',
    because: 'Share of days counts days: the 2nd once, and the 9th, of 31.',
    given: [
      ...rollsOut('d1', {}, '2'),
      ...rollsOut('d2', { change: 'c2' }, '2'),
      ...rollsOut('d3', { change: 'c3' }, '9'),
    ],
    figure: DAYS,
    is: '2 of 31',
  },
  {
    case: 'a period that is not over',
    because: 'Asked on the 11th: ten days are behind us, the others have not been without a rollout yet.',
    given: rollsOut('d1', {}, '2'),
    figure: PER_DAY,
    period: { ...march, now: Date.parse(at('11')) },
    is: '1 in 10 days',
  },
  {
    case: 'a day of 23 hours',
    because: 'On 2026-03-29 Berlin goes from 02:00 to 03:00: 23:00Z to 22:00Z are 23 hours and one day.',
    given: ranUntil('d1', 'c1', '29 12:00'),
    figure: PER_DAY,
    period: spanOf('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 'Europe/Berlin'),
    is: '1 in 1 days',
  },
  {
    case: 'a day of 25 hours',
    because: 'On 2026-10-25 Berlin goes from 03:00 to 02:00: 22:00Z to 23:00Z are 25 hours and one day.',
    given: ranUntil('d1', 'c1', '2026-10-25T22:30:00Z'),
    figure: DAYS,
    period: spanOf('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'Europe/Berlin'),
    is: '1 of 1',
  },
  {
    case: 'half a day of 23 hours',
    because: '11.5 of the 23 hours of that day are half of it.',
    given: ranUntil('d1', 'c1', '29 05:00'),
    figure: PER_DAY,
    period: spanOf('2026-03-28T23:00:00Z', '2026-03-29T10:30:00Z', 'Europe/Berlin'),
    is: '1 in 0.5 days',
  },
  {
    case: 'the last half hour of a month, by UTC',
    because: '22:30Z on the 31st is still March.',
    given: ranUntil('d1', 'c1', '31 22:30'),
    figure: FAIL,
    is: '0 of 1',
  },
  {
    case: 'the same half hour, by Berlin in March',
    because: 'There it is 00:30 of the 1st of April: not in March.',
    given: ranUntil('d1', 'c1', '31 22:30'),
    figure: FAIL,
    period: marchInBerlin,
    is: 'none, no-rollout-finished',
  },
  {
    case: 'the same half hour, by Berlin in April',
    because: 'It is in exactly one month of each zone.',
    given: ranUntil('d1', 'c1', '31 22:30'),
    figure: FAIL,
    period: aprilInBerlin,
    is: '0 of 1',
  },
  {
    case: 'at the very end of a month',
    because: 'A period ends before its end: midnight is of the next one.',
    given: ranUntil('d1', 'c1', '2026-04-01T00:00:00Z'),
    figure: FAIL,
    period: april,
    is: '0 of 1',
  },
  {
    case: 'a zone with half an hour',
    because: '19:00Z on the 2nd is 00:30 on the 3rd in Kolkata (+05:30); with 10:00Z on the 2nd that are two days.',
    given: [...ranUntil('d1', 'c1', '2 10:00'), ...ranUntil('d2', 'c2', '2 19:00')],
    figure: DAYS,
    period: spanOf('2026-02-28T18:30:00Z', '2026-03-31T18:30:00Z', 'Asia/Kolkata'),
    is: '2 of 31',
  },
];
