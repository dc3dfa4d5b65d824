import { startSequencer } from '@slipway/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import { query, urlAs } from './stage.ts';

/**
 * Answers when everything that was appended meanwhile has its position. An error, such as a round that waited too long for
 * the disk, is said, and counts as the time that it costs: the sequencer goes on by itself. Throws when it does not.
 */
export const withSequencer = async <Result>(url: string, work: () => Promise<Result>): Promise<Result> => {
  const sequencer = startSequencer({
    url: urlAs(url, 'sequencer'),
    onError: error => process.stderr.write(`sequencer: ${error.message}; it goes on\n`),
  });
  const ended = sequencer.ended.then(() => Promise.reject(new Error('the sequencer ended')));
  ended.catch(() => undefined); // when nobody waits for it any more
  try {
    const result = await Promise.race([ended, work()]);
    await Promise.race([ended, drained(url)]);
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
