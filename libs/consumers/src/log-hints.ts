import { EventEmitter } from 'node:events';
import pg from 'pg';
import { firstOf } from './first-of.ts';

/** Wakes whoever waits for new positions. Only a hint: waiting ends by itself too, so a lost one costs `atMostMs`. */
export type LogHints = Readonly<{
  next: (atMostMs: number, signal?: AbortSignal) => Promise<void>;
  /** The last position heard of; 0 before the first. All up to it can be read. */
  head: () => number;
  stop: () => Promise<void>;
}>;

const CHANNEL = 'slipway_sequenced';
const RECONNECT_MS = 500;

/** Listens on one connection of its own (no pool, no pgbouncer), for all consumers of the process. */
export const logHints = (url: string): LogHints => {
  const heard = new EventEmitter().setMaxListeners(0);
  const stopped = new AbortController();
  let client: pg.Client | undefined;
  let head = 0;

  const connect = async (): Promise<void> => {
    if (stopped.signal.aborted) return;
    const mine = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'slipway-hints' });
    client = mine;
    head = 0; // what another database said, before it was restored, counts no longer
    mine.on('notification', ({ payload }) => {
      head = Math.max(head, Number(payload) || 0);
      heard.emit('hint');
    });
    mine.on('error', () => undefined); // followed by 'end'
    mine.once('end', () => setTimeout(() => void connect(), RECONNECT_MS).unref());
    try {
      await mine.connect();
      await mine.query(`LISTEN ${CHANNEL}`);
      heard.emit('hint');
    } catch {
      await mine.end().catch(() => undefined);
    }
  };
  void connect();

  return {
    head: () => head,
    next: (atMostMs, signal) => firstOf(heard, 'hint', atMostMs, signal),
    stop: async () => {
      stopped.abort();
      heard.emit('hint');
      await client?.end().catch(() => undefined);
    },
  };
};
