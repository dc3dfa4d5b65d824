import { HttpException, Logger } from '@nestjs/common';
import { EventTooLarge, OutcomeUnknown, Overloaded } from '@slipway/event-store';
import { STATUS_CODES } from 'node:http';
import { type Problem, ProblemException } from './problem.ts';
import { problemOfRejection, Refused } from './refused.ts';

const logger = new Logger('edge');

/** What leaves for an error, by REST and by gRPC alike. Only faults of ours are logged. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof ProblemException) return error.problem;
  if (error instanceof Refused) return problemOfRejection(error.rejection);
  if (error instanceof OutcomeUnknown) return UNAVAILABLE;
  if (error instanceof Overloaded) return OVERLOADED;
  if (error instanceof EventTooLarge) return TOO_LARGE;
  if (error instanceof URIError) return MALFORMED_URL;
  if (error instanceof HttpException) return problemOfHttp(error);
  logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
  return isOfDatabase(error) ? UNAVAILABLE : INTERNAL;
};

const problemOfHttp = (error: HttpException): Problem => {
  const status = error.getStatus();
  return { status, code: kebab(STATUS_CODES[status] ?? 'error'), detail: detailOf(error.message) };
};

// What the router says of a path that nobody has.
const detailOf = (message: string): string =>
  message.startsWith('Cannot ')
    ? `Nothing answers ${message.slice('Cannot '.length)}: /docs lists what does.`
    : message;

const INTERNAL: Problem = { status: 500, code: 'internal', detail: 'This is a fault of ours; the log has its cause.' };
const UNAVAILABLE: Problem = {
  status: 503,
  code: 'unavailable',
  detail: 'The database cannot be reached; try again with the same idempotency key.',
  retryAfter: 1,
};
const OVERLOADED: Problem = {
  status: 503,
  code: 'overloaded',
  detail: 'Too much waits to be stored; try again with the same idempotency key.',
  retryAfter: 1,
};
const TOO_LARGE: Problem = {
  status: 413,
  code: 'event-too-large',
  detail: 'The record would be larger than an event may be (256 KiB).',
};
const MALFORMED_URL: Problem = { status: 400, code: 'malformed-url', detail: 'The URL is not well encoded.' };

// Connection failures of Node, its name unknown while it restarts included, and classes 08, 53, 57 of PostgreSQL: it was
// there, or will be again.
const AWAY = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08|53|57)/;

const isOfDatabase = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === 'string' && AWAY.test(code)) ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
  );
};

const kebab = (words: string): string => words.toLowerCase().replaceAll(/[^a-z]+/g, '-');
