import { Wake } from '@slipway/event-store';
import type { RelayOptions } from './options.ts';
import { lead } from './session.ts';
import { RelayRefused } from './topics.ts';

export type RelayStats = Readonly<{
  leading: boolean;
  /** All up to here is on Kafka. */
  position: number;
  /** Records that this one sent. */
  published: number;
  checkpoints: number;
}>;

export type Relay = Readonly<{
  stop: () => Promise<void>;
  stats: () => RelayStats;
  /** Throws `RelayRefused` when a person has to act: a topic is missing, or Kafka knows more than the log does. */
  ended: Promise<void>;
}>;

const LONGEST_WAIT_MS = 1_000;

/** Any number may run: one leads, the others wait for its place. Survives restarts of the database and of Kafka. */
export const startRelay = (options: RelayOptions): Relay => {
  // Of the session, then of the pause before the next one: a connection that is lost calls that of its session.
  let wake = new Wake();
  const state = { stopping: false, leading: false, position: 0, published: 0, checkpoints: 0 };
  const run = async (): Promise<void> => {
    for (let failures = 0; !state.stopping;) {
      const { published } = state;
      try {
        await lead(options, state, (wake = new Wake()));
      } catch (error) {
        if (error instanceof RelayRefused) throw error;
        failures = state.published > published ? 1 : failures + 1;
        if (!state.stopping) options.onError?.(error as Error);
      } finally {
        state.leading = false;
      }
      wake = new Wake();
      if (!state.stopping) await wake.wait(Math.min(LONGEST_WAIT_MS, 50 * 2 ** failures));
    }
  };
  const ended = run();
  ended.catch(() => undefined); // whoever wants to know awaits it
  return {
    ended,
    stats: () => ({ ...state }),
    stop: async () => {
      state.stopping = true;
      wake.call();
      await ended.catch(() => undefined);
    },
  };
};
