import { delayOf } from './back-off.ts';
import { describeFault, isPassing } from './fault.ts';

const coded = (code: string, message = ''): Error => Object.assign(new Error(message), { code });

test.each(['08006', '57P01', '53300', '40001', '40P01', '55P03', 'ECONNREFUSED', 'ETIMEDOUT'])(
  '%s is not the event’s doing',
  code => {
    expect(isPassing(coded(code))).toBe(true);
  },
);

test.each(['23505', '22P02', '42P01', 'SW001'])('%s is', code => {
  expect(isPassing(coded(code))).toBe(false);
});

test('a connection that is cut has no code', () => {
  expect(isPassing(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isPassing(new TypeError('x is not a function'))).toBe(false);
});

test('a fault is described without what it quotes', () => {
  const error = Object.assign(coded('23505', 'duplicate key (name)=(Ada)'), {
    table: 'releases',
    constraint: 'releases_pkey',
    detail: 'Ada',
  });
  expect(describeFault(error)).toMatch(/^Error 23505 releases releases_pkey at fault\.spec\.ts:\d+:\d+$/);
  expect(describeFault('Ada')).not.toContain('Ada');
});

test('delays double up to the longest', () => {
  expect([1, 2, 3, 4, 99].map(attempt => delayOf(attempt, { firstDelayMs: 50, longestDelayMs: 300 }))).toEqual([
    50, 100, 200, 300, 300,
  ]);
});
