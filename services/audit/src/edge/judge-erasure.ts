import { ProblemException } from '@slipway/edge';
import { Overloaded } from '@slipway/event-store';
import type { Message } from '@slipway/event-sourcing';
import type { Prepare, Sources } from '@slipway/service';
import { retentionYears } from '../domain/retention.ts';
import { retainedActs } from './retained-acts.ts';
import { retainedUntil } from '../read/retained-acts.query.ts';

const WAIT_MS = 5_000;

/** With what has to be kept of somebody, of all that was committed before it was asked. */
export const judgeErasure: Prepare = async (command, _to, sources) => {
  await upToDate(sources);
  const { data } = command as Message<string, { person: string; alsoKnownAs: readonly string[] }>;
  const retained = await retainedUntil(sources.dataSource, [data.person, ...data.alsoKnownAs], retentionYears);
  return { command: { ...command, data: { ...data, retained } } };
};

const upToDate = async ({ store, copied }: Sources): Promise<void> => {
  const passed = await store
    .settledHead(WAIT_MS)
    .then(head => copied.waitUntil(retainedActs, head, WAIT_MS))
    .catch((error: unknown) => {
      if (error instanceof Overloaded) return 'behind' as const;
      throw error;
    });
  if (passed !== 'passed') throw new ProblemException(passed === 'parked' ? INCOMPLETE : TOO_OLD);
};

const TOO_OLD = {
  status: 503,
  code: 'view-too-old',
  detail: 'What was committed last has not arrived here yet; try again.',
  retryAfter: 1,
} as const;
const INCOMPLETE = {
  status: 503,
  code: 'view-incomplete',
  detail: 'An event that matters here could not be processed and is parked; an operator must replay or skip it.',
  retryAfter: 60,
} as const;
