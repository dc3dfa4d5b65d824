import type { Session } from '../session.ts';

/** What became of the rows so far. */
export type Counts = Readonly<{
  rows: number;
  imported: number;
  unchanged: number;
  corrected: number;
  refused: number;
  /** Of the imported ones: they contradict themselves, and were kept as they are said. */
  contradictory: number;
}>;

export const nothingYet: Counts = { rows: 0, imported: 0, unchanged: 0, corrected: 0, refused: 0, contradictory: 0 };

const WIDTH = 30;
const EVERY_MS = 250;

/** How far an import is: a bar on a terminal, a line of JSON elsewhere. `share`: of the file, from 0 to 1. */
export class Progress {
  readonly #session: Session;
  readonly #before: number;
  readonly #started = performance.now();
  #told = 0;

  /** `before`: rows that were done when it was killed. */
  constructor(session: Session, before = 0) {
    this.#session = session;
    this.#before = before;
  }

  tell(counts: Counts, share: number, isLast = false): void {
    const now = performance.now();
    if (!isLast && now - this.#told < EVERY_MS) return;
    this.#told = now;
    const rate = Math.round((counts.rows - this.#before) / Math.max(0.001, (now - this.#started) / 1_000));
    if (this.#session.isTerminal) this.#session.draw(`${barOf(counts, share, rate)}${isLast ? '\n' : ''}`);
    else this.#session.remark(JSON.stringify({ ...counts, percent: Math.round(share * 100), rowsPerSecond: rate }));
  }
}

const barOf = ({ rows, refused }: Counts, share: number, rate: number): string => {
  const done = Math.round(share * WIDTH);
  const bar = '#'.repeat(done) + '.'.repeat(WIDTH - done);
  return `\r[${bar}] ${Math.round(share * 100)} %  ${rows} rows  ${refused} refused  ${rate} rows/s`;
};
