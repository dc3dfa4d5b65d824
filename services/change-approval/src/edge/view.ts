import { ProblemException } from '@slipway/edge';
import { Overloaded } from '@slipway/event-store';
import type { Sources } from '@slipway/service';
import { copies } from '../read/copies.projection.ts';

const WAIT_MS = 2_000;

export type ViewState = 'complete' | 'too-old' | 'incomplete';

/** Waits, bounded, until the copies have all that was committed before now, not yet sequenced events included. */
export const freshView = async (sources: Sources, waitMs = WAIT_MS): Promise<ViewState> => {
  try {
    const head = await sources.store.settledHead(waitMs);
    return STATES[await sources.copied.waitUntil(copies, head, waitMs)];
  } catch (error) {
    if (error instanceof Overloaded) return 'too-old';
    throw error;
  }
};

const STATES = { passed: 'complete', behind: 'too-old', parked: 'incomplete' } as const;

/** For a command that must not be decided on less than all: 503 otherwise. */
export const requireFreshView = async (sources: Sources): Promise<void> => {
  const state = await freshView(sources);
  if (state !== 'complete') throw new ProblemException(NOT_FRESH[state]);
};

const NOT_FRESH = {
  'too-old': {
    status: 503,
    code: 'view-too-old',
    detail: 'What was committed last has not arrived here yet; try again.',
    retryAfter: 1,
  },
  incomplete: {
    status: 503,
    code: 'view-incomplete',
    detail: 'An event that matters here could not be processed and is parked; an operator must replay or skip it.',
    retryAfter: 60,
  },
} as const;
