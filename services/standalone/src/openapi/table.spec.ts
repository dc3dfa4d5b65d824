import { requestsOf, tableOf, together } from './table.ts';

const viewer = { role: 'viewer', answered: { '200': 10, '403': 5 }, failures: 0 };
const deployer = { role: 'deployer', answered: { '201': 2, '409': 3, '503': 1 }, failures: 2 };

test('rounds of a role are one row', () => {
  const row = together('viewer', [viewer, { answered: { '200': 1, '404': 2 }, failures: 1 }]);
  expect(row).toEqual({ role: 'viewer', answered: { '200': 11, '403': 5, '404': 2 }, failures: 1 });
  expect(requestsOf(row)).toBe(18);
});

test('the table says how each role was answered, and all together', () => {
  expect(tableOf([viewer, deployer]).split('\n')).toEqual([
    'role      requests  2xx  4xx  503  failures',
    'viewer          15   10    5    0         0',
    'deployer         6    2    3    1         2',
    'together        21   12    8    1         2',
  ]);
});
