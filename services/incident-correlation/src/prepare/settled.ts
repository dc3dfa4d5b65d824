import { ProblemException } from '@slipway/edge';
import type { Prepare, Prepared } from '@slipway/service';
import { known } from '../read/known.projection.ts';

export type Sources = Parameters<Prepare>[2];
export type Command<Data extends object = object> = Prepared['command'] & Readonly<{ data: Data }>;

const WAIT_MS = 5_000;

/**
 * Waits until what is known holds everything that was committed before. A parked stream does not stop it: what follows
 * from it here is a proposal that a person can correct, and an alert must not wait for an operator.
 */
export const settled = async ({ store, copied }: Sources): Promise<void> => {
  const head = await store.settledHead(WAIT_MS);
  if ((await copied.waitUntil(known, head, WAIT_MS)) !== 'behind') return;
  const detail = 'What is known of services and deployments is not up to date yet; try again.';
  throw new ProblemException({ status: 503, code: 'view-behind', detail, retryAfter: 1 });
};
