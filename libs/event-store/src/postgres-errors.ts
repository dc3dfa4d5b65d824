import pg from 'pg';
import { AppendRefused, OutcomeUnknown, Overloaded, VersionConflict } from './event-store.ts';

// insufficient_privilege, check_violation, not_null_violation
const REFUSED = new Set(['42501', '23514', '23502']);
// deadlock_detected, serialization_failure, lock_not_available, query_canceled; insufficient_resources
const ROLLED_BACK = /^(40P01|40001|55P03|57014|53...)$/;
// connection_exception; shutting down, starting up
const CUT = /^(08...|57P..)$/;

/** What the error of an append that was sent means. */
export const appendError = (error: unknown): unknown => {
  const code = error instanceof pg.DatabaseError ? (error.code ?? '') : '08000';
  if (CUT.test(code)) return new OutcomeUnknown('the connection was lost before the answer', { cause: error });
  if (ROLLED_BACK.test(code)) return away(error);
  const { message, detail } = error as pg.DatabaseError;
  if (/^SW00[1-4]$/.test(code)) return new VersionConflict(detail ?? '');
  return REFUSED.has(code) || code.startsWith('22') ? new AppendRefused(message, { cause: error }) : error;
};

/**
 * Whether what `appendError` answered for a batch is the doing of one command in it: refused, or lost against somebody
 * else's transaction. Nothing of the batch was stored then.
 */
export const mayBeOfOneCommand = (error: unknown): boolean => {
  const { cause = error } = error as { cause?: unknown };
  return cause instanceof pg.DatabaseError && !/^(08|53|57)/.test(cause.code ?? '');
};

/** What the error of anything else means: nothing was stored. */
export const queryError = (error: unknown): unknown => {
  const code = error instanceof pg.DatabaseError ? (error.code ?? '') : '08000';
  return CUT.test(code) || ROLLED_BACK.test(code) ? away(error) : error;
};

export const away = (cause: unknown): Overloaded => new Overloaded('the database is away', { cause });
