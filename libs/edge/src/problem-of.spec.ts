import { Logger } from '@nestjs/common';
import { problemOf } from './problem-of.ts';

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(true));

const failed = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

test.each([
  ['refuses', failed('connect ECONNREFUSED 172.18.0.2:5432', 'ECONNREFUSED')],
  ['is away, and its name with it', failed('getaddrinfo ENOTFOUND postgres', 'ENOTFOUND')],
  ['is being shut down', failed('terminating connection due to administrator command', '57P01')],
  ['hangs up', failed('Connection terminated unexpectedly')],
])('a database that %s is a 503', (_, error) => {
  expect(problemOf(error)).toMatchObject({ status: 503, code: 'unavailable' });
});

test.each([
  ['of the database', failed('relation "releases" does not exist', '42P01')],
  ['of ours', new TypeError('undefined is not a function')],
])('a fault %s is a 500 that says nothing of its cause', (_, error) => {
  expect(problemOf(error)).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify(problemOf(error))).not.toContain(error.message);
});
