import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

/** The last event that left the database by one way, such as a partition of Kafka: of which log, at which position. */
export type PublishedEnd = Readonly<{ incarnation: string; position: number }>;

/** Positions must not be given as things are, and a person has to act; the message says how. */
export class SequencerRefused extends Error {
  override readonly name = 'SequencerRefused';
}

/** How long the answer is waited for when the log was compared before in this life of the server. */
const WITHIN_MS = 2_000;
/** The session of a leader lives as long as it asks. */
const PING_MS = 300;

/**
 * Compares the log with what left the database. Throws `SequencerRefused` when that is more than the log holds, or of
 * another log: then an older backup was restored. Nobody answers: good enough if the log was compared since the server was
 * started, for nothing was restored since then; otherwise throws what `published` threw. See docs/adr/0013.
 */
export const compareWithPublished = async (
  client: pg.ClientBase,
  published: () => Promise<readonly PublishedEnd[]>,
): Promise<void> => {
  const { isCompared } = await lifeOf(client);
  const ping = setInterval(() => void client.query('SELECT').catch(() => undefined), PING_MS);
  try {
    const ends = isCompared ? await soon(published()).catch(() => undefined) : await published();
    if (!ends) return;
    // Only now: all that was published before this moment is in the log, if it is the one that was published.
    const { head, incarnation } = await lifeOf(client);
    for (const end of ends.toSorted(byPosition)) refuseOlder(end, head, incarnation);
    await client.query('SELECT store.compared(true)');
  } finally {
    clearInterval(ping);
  }
};

/** Whether that still holds: the log may have been given a new incarnation by hand. */
export const wasCompared = async (client: pg.ClientBase): Promise<boolean> => (await lifeOf(client)).isCompared;

const lifeOf = async (client: pg.ClientBase) => {
  const { rows } = await client.query<{ is_compared: boolean; head: string; incarnation: string }>(
    'SELECT store.compared(false) AS is_compared, store.head() AS head, store.incarnation() AS incarnation',
  );
  const [row] = rows;
  return { isCompared: row?.is_compared === true, head: Number(row?.head), incarnation: row?.incarnation ?? '' };
};

const soon = <Result>(asked: Promise<Result>): Promise<Result | undefined> => {
  asked.catch(() => undefined); // also when it comes too late
  return Promise.race([asked, pause(WITHIN_MS, undefined, { ref: false })]);
};

// The last one first: that is the one to tell of.
const byPosition = (one: PublishedEnd, other: PublishedEnd): number => other.position - one.position;

const refuseOlder = (end: PublishedEnd, head: number, incarnation: string): void => {
  if (end.incarnation !== incarnation)
    throw new SequencerRefused(
      `Kafka has events of log ${end.incarnation}, this is log ${incarnation}: run "slipway store recover", which says what can be done`,
    );
  if (end.position > head)
    throw new SequencerRefused(
      `Kafka has events up to position ${end.position}, the log ends at ${head}: an older backup was restored. Run "slipway store recover" before anything is appended`,
    );
};
