import type { Client, Query } from '../client.ts';
import type { Session } from '../session.ts';
import type { Journal, Reject } from './journal.ts';
import { type Counts, Progress } from './progress.ts';
import type { Reading } from './reading.ts';
import { type Kind, tooLong, Unreadable } from './row.ts';
import { type Ready, type Sent, sent } from './sending.ts';

const ROWS_AT_ONCE = 500;
const CHARACTERS_AT_ONCE = 1_000_000;
// An event has 256 KiB at most.
const LONGEST_ROW = 200_000;
/** Slipway answers one while the next is read and sent. */
const PARTS_UNDER_WAY = 2;

export type Import = Readonly<{
  kind: Kind;
  reading: Reading;
  journal: Journal;
  query: Query;
}>;

/** Sends what a file has, some rows at a time: memory does not grow with the file. Parts are kept in their order. */
export const importAll = async (session: Session, { kind, reading, journal, query }: Import): Promise<Counts> => {
  const sending = sendingOf(session.client(), kind, query);
  const progress = new Progress(session, journal.standing.counts.rows);
  const underWay: Promise<Done>[] = [];
  const keepOldest = async (): Promise<void> => {
    const done = await underWay.shift();
    if (!done) return;
    await journal.keep(added(journal.standing.counts, done.counts), done.rejected, done.contradictory);
    progress.tell(journal.standing.counts, done.share);
  };
  for await (const part of partsOf(reading, journal.standing.counts.rows)) {
    while (underWay.length >= PARTS_UNDER_WAY || (underWay.length > 0 && sending.shares(part))) await keepOldest();
    const done = sending.send(part);
    done.catch(() => undefined); // it is heard of in its turn
    underWay.push(done);
  }
  while (underWay.length > 0) await keepOldest();
  progress.tell(journal.standing.counts, 1, true);
  return journal.standing.counts;
};

type Done = Sent & Readonly<{ share: number }>;

const sendingOf = (client: Client, kind: Kind, query: Query) => {
  let last: ReadonlySet<unknown> = new Set();
  return {
    /** Rows of one key are done in their order: a part waits for the one before it when both have it. */
    shares: ({ ready }: Part): boolean => ready.some(({ said }) => last.has(said['key'])),
    send: async ({ rows, ready, rejected, share }: Part): Promise<Done> => {
      last = new Set(ready.map(({ said }) => said['key']));
      const answer = ready.length === 0 ? NOTHING : await sent(client, kind, query, ready);
      const all = [...rejected, ...answer.rejected].toSorted((one, other) => one.row - other.row);
      return { ...answer, counts: { ...answer.counts, rows, refused: all.length }, rejected: all, share };
    },
  };
};

const NOTHING: Sent = { counts: {}, rejected: [], contradictory: [] };

const added = (counts: Counts, more: Partial<Counts>): Counts => ({
  rows: counts.rows + (more.rows ?? 0),
  imported: counts.imported + (more.imported ?? 0),
  unchanged: counts.unchanged + (more.unchanged ?? 0),
  corrected: counts.corrected + (more.corrected ?? 0),
  refused: counts.refused + (more.refused ?? 0),
  contradictory: counts.contradictory + (more.contradictory ?? 0),
});

type Part = Readonly<{ rows: number; ready: readonly Ready[]; rejected: readonly Reject[]; share: number }>;

/** What is to be sent at once, after the rows that were done before. */
async function* partsOf(reading: Reading, done: number): AsyncGenerator<Part> {
  let [rows, characters, read] = [0, 0, 0];
  let ready: Ready[] = [];
  let rejected: Reject[] = [];
  let part: Part | undefined;
  for await (const { record, said, share } of reading.rows()) {
    read += 1;
    if (read <= done) continue;
    rows += 1;
    const text = said instanceof Unreadable ? said : JSON.stringify(said);
    if (said instanceof Unreadable) rejected.push(rejectOf(read, said, record));
    else if (typeof text === 'string' && text.length > LONGEST_ROW)
      rejected.push(rejectOf(read, tooLong(LONGEST_ROW), { key: said['key'] ?? null }));
    else {
      ready.push({ row: read, said, text: String(text) });
      characters += String(text).length;
    }
    part = { rows, ready, rejected, share };
    if (rows < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE) continue;
    yield part;
    [rows, characters, ready, rejected, part] = [0, 0, [], [], undefined];
  }
  if (part) yield part;
}

const rejectOf = (row: number, { code, message }: Unreadable, record?: unknown): Reject => ({
  row,
  code,
  detail: message,
  ...(record !== undefined && { record }),
});
