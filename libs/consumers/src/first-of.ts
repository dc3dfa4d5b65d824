import type { EventEmitter } from 'node:events';

/** Waits for an event, a time or a signal, whichever comes first, and leaves no listener behind. */
export const firstOf = (emitter: EventEmitter, event: string, atMostMs: number, signal?: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal?.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      emitter.off(event, end);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, atMostMs);
    emitter.on(event, end);
    signal?.addEventListener('abort', end);
  });
