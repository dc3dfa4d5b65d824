import { startSequencer } from '@slipway/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import { query, urlAs } from './stage.ts';

/** Answers when everything that was appended meanwhile has its position. Throws when the sequencer could not go on. */
export const withSequencer = async <Result>(url: string, work: () => Promise<Result>): Promise<Result> => {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  const sequencer = startSequencer({ url: urlAs(url, 'sequencer'), onError: broken.reject });
  try {
    const result = await Promise.race([broken.promise, work()]);
    await Promise.race([broken.promise, drained(url)]);
    return result;
  } finally {
    await sequencer.stop();
  }
};

const drained = async (url: string): Promise<void> => {
  for (;;) {
    const [row] = await query<{ waits: boolean }>(url, 'SELECT EXISTS (SELECT FROM store.pending) AS waits');
    if (!row?.waits) return;
    await pause(10);
  }
};
