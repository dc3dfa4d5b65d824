import { severityOf } from './severity.ts';

test.each([
  ['critical', 'critical'],
  ['Page', 'critical'],
  ['P1', 'critical'],
  ['high', 'high'],
  ['error', 'high'],
  ['warning', 'medium'],
  [' info ', 'low'],
  ['whatever', 'medium'],
  ['constructor', 'medium'],
  [undefined, 'medium'],
])('%s is %s', (said, severity) => expect(severityOf(said)).toBe(severity));
