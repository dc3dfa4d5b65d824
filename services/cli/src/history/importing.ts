import type { Query } from '../client.ts';
import type { Session } from '../session.ts';
import { Journal, type Reject } from './journal.ts';
import { type Counts, Progress } from './progress.ts';
import type { Reading } from './reading.ts';
import { type Kind, Unreadable } from './row.ts';
import { type Ready, sent } from './sending.ts';

const ROWS_AT_ONCE = 500;
const CHARACTERS_AT_ONCE = 1_000_000;

export type Import = Readonly<{
  kind: Kind;
  reading: Reading;
  journal: Journal;
  query: Query;
}>;

/** Sends what a file has, some rows at a time, one after the other: memory does not grow with the file. */
export const importAll = async (session: Session, { kind, reading, journal, query }: Import): Promise<Counts> => {
  const client = session.client();
  const progress = new Progress(session);
  let { counts } = journal.standing;
  for await (const part of partsOf(reading, counts.rows)) {
    const answer = part.ready.length === 0 ? undefined : await sent(client, kind, query, part.ready);
    const rejected = [...part.rejected, ...(answer?.rejected ?? [])].toSorted((one, other) => one.row - other.row);
    counts = added(counts, { ...answer?.counts, rows: part.rows, refused: rejected.length });
    await journal.keep(counts, rejected);
    progress.tell(counts, part.share);
  }
  progress.tell(counts, 1, true);
  return counts;
};

const added = (counts: Counts, more: Partial<Counts>): Counts => ({
  rows: counts.rows + (more.rows ?? 0),
  imported: counts.imported + (more.imported ?? 0),
  unchanged: counts.unchanged + (more.unchanged ?? 0),
  corrected: counts.corrected + (more.corrected ?? 0),
  refused: counts.refused + (more.refused ?? 0),
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
    if (said instanceof Unreadable)
      rejected.push({ row: read, code: said.code, detail: said.message, ...(record && { record }) });
    else {
      ready.push({ row: read, said });
      characters += JSON.stringify(said).length;
    }
    part = { rows, ready, rejected, share };
    if (rows < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE) continue;
    yield part;
    [rows, characters, ready, rejected, part] = [0, 0, [], [], undefined];
  }
  if (part) yield part;
}
