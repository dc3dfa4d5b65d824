import { outcomeOf } from './outcome.ts';

const rules = { schedule: [5, 300], disableAfterHours: 72 };
const after = (sent: Parameters<typeof outcomeOf>[0]['sent'], failures = 0, failingHours = 0) =>
  outcomeOf({ sent, failures, failingHours }, rules, 0);

test.each([200, 202, 204, 299])('%d is success', status =>
  expect(after({ status })).toEqual({ state: 'delivered', paceSeconds: 0 }),
);

test.each([100, 301, 307, 400, 404, 500, 503])('%d is tried again', status =>
  expect(after({ status })).toEqual({ state: 'waiting', waitSeconds: 5, paceSeconds: 0 }),
);

test('so is what had no answer', () =>
  expect(after({ error: 'timed-out' }, 1)).toEqual({ state: 'waiting', waitSeconds: 300, paceSeconds: 0 }));

test('until the schedule is over', () =>
  expect(after({ status: 500 }, 2)).toEqual({ state: 'failed', paceSeconds: 0 }));

test('410 ends it, and the subscription with it', () =>
  expect(after({ status: 410 })).toEqual({ state: 'failed', paceSeconds: 0, disable: 'gone' }));

test.each([429, 502, 504])('%d holds everything back that goes there', status => {
  expect(after({ status })).toEqual({ state: 'waiting', waitSeconds: 5, paceSeconds: 30 });
  expect(after({ status, retryAfter: 60 })).toEqual({ state: 'waiting', waitSeconds: 60, paceSeconds: 60 });
});

test('days without success disable it', () => {
  expect(after({ status: 500 }, 0, 71.9).disable).toBe(undefined);
  expect(after({ status: 500 }, 0, 72).disable).toBe('failing');
  expect(after({ status: 200 }, 0, 100).disable).toBe(undefined);
});
