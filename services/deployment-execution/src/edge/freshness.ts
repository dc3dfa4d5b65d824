import { ProblemException } from '@slipway/edge';
import type { Sources } from '@slipway/service';
import { known } from '../read/known.projection.ts';

const WAIT_MS = 3_000;

/** Waits until this service knows everything that was committed before now. 503 when that takes too long. */
export const knowingAll = async ({ store, copied }: Pick<Sources, 'store' | 'copied'>): Promise<void> => {
  const passed = await copied.waitUntil(known, await store.settledHead(WAIT_MS), WAIT_MS);
  if (passed === 'passed') return;
  const detail = 'What the catalog, releases and changes said last has not arrived here yet; try again.';
  throw new ProblemException({ status: 503, code: `view-${passed}`, detail, retryAfter: 1 });
};
