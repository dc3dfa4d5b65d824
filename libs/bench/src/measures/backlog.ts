import { PostgresEventStore } from '@slipway/event-store';
import pg from 'pg';
import { newAppend } from './appends.ts';

type Fill = Readonly<{
  /** As a service. */
  url: string;
  events: number;
  eventsAStream: number;
  say: (line: string) => void;
}>;

const EVENTS_A_CALL = 1_000;
const CALLS_AT_ONCE = 2;

/** Appends in bulk, through the function that everything is appended by. Answers the streams. */
export const fill = async ({ url, events, eventsAStream, say }: Fill): Promise<readonly string[]> => {
  const pool = new pg.Pool({ connectionString: url, max: CALLS_AT_ONCE });
  const store = new PostgresEventStore(pool);
  const streams: string[] = [];
  const calls = Math.ceil(events / EVENTS_A_CALL);
  const sayEvery = Math.max(1, Math.floor(calls / 10));
  let begun = 0;
  const work = async (): Promise<void> => {
    while (begun < calls) {
      begun += 1;
      if (begun % sayEvery === 0) say(`${begun * EVENTS_A_CALL} of ${events} events appended`);
      const appends = Array.from({ length: EVENTS_A_CALL / eventsAStream }, () => newAppend(eventsAStream));
      await store.append(appends);
      for (const { stream } of appends) streams.push(stream);
    }
  };
  try {
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
    return streams;
  } finally {
    await pool.end();
  }
};
