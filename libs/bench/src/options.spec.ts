import { optionsFrom } from './options.ts';

test('without a word it is everything, at each number in flight', () => {
  expect(optionsFrom([])).toEqual({
    parts: ['append', 'sustained', 'read', 'rebuild', 'rest', 'lost'],
    inFlight: [1, 8, 32, 128],
    rounds: 3,
    seconds: 5,
    rebuildEvents: 1_000_000,
    emmettEvents: 100_000,
    short: false,
  });
});

test('the short one appends at 32 and does nothing else', () => {
  expect(optionsFrom(['--short', '--json', 'figures.json'])).toMatchObject({
    parts: ['append'],
    inFlight: [32],
    short: true,
    json: 'figures.json',
  });
});

test('parts and numbers in flight are lists', () => {
  expect(optionsFrom(['--only', 'append,read', '--in-flight', '8,32'])).toMatchObject({
    parts: ['append', 'read'],
    inFlight: [8, 32],
  });
});

test('more minutes are longer rounds', () => {
  const secondsOf = (minutes: string): number => optionsFrom(['--minutes', minutes]).seconds;
  expect(secondsOf('60')).toBeGreaterThan(secondsOf('20'));
  expect(secondsOf('1')).toBe(1);
});
