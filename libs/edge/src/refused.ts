import type { Rejection } from '@slipway/event-sourcing';
import type { Problem } from './problem.ts';

/** A rejection on its way out: 409 for most, and FAILED_PRECONDITION in gRPC. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly rejection: Rejection) {
    super(rejection.reason);
  }
}

const STATUS: Readonly<Record<string, number>> = {
  'outside-scope': 403,
  'not-found': 404,
  'stale-version': 412,
  'idempotency-key-reused': 422,
  contention: 503,
};

export const problemOfRejection = ({ rejected, reason }: Rejection): Problem => ({
  status: STATUS[rejected] ?? 409,
  code: rejected,
  detail: reason,
  ...(rejected === 'contention' && { retryAfter: 1 }),
});
