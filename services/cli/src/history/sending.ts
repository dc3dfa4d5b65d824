import { setTimeout as pause } from 'node:timers/promises';
import type { Client, JsonObject, Query } from '../client.ts';
import { Problem, Unreachable } from '../failures.ts';
import type { Contradictory, Reject } from './journal.ts';
import type { Counts } from './progress.ts';
import type { Kind } from './row.ts';

/** A row that is ready, with its place in the file; `text`: the row as JSON. */
export type Ready = Readonly<{ row: number; said: JsonObject; text: string }>;

/** What became of rows that were sent. */
export type Sent = Readonly<{
  counts: Partial<Counts>;
  rejected: readonly Reject[];
  /** Kept as they are said. */
  contradictory: readonly Contradictory[];
}>;

type Answered = Readonly<{
  row: number;
  outcome: 'imported' | 'unchanged' | 'corrected' | 'refused';
  code?: string;
  detail?: string;
  errors?: unknown;
  contradictions?: readonly string[];
}>;

const ATTEMPTS = 12;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

/** Sends rows, again when Slipway is busy or away: the same rows twice are the same rows once. */
export const sent = async (client: Client, kind: Kind, query: Query, rows: readonly Ready[]): Promise<Sent> => {
  const lines = rows.map(({ text }) => text).join('\n');
  const answer = await patiently(() => client.lines(`/v1/${kind}/import`, lines, query));
  const answered = answer['rows'] as unknown as readonly Answered[];
  const count = (outcome: Answered['outcome']): number => answered.filter(each => each.outcome === outcome).length;
  const contradictory = answered.flatMap(each => contradictoryIn(each, rows[each.row - 1]));
  return {
    counts: {
      imported: count('imported'),
      unchanged: count('unchanged'),
      corrected: count('corrected'),
      contradictory: contradictory.length,
    },
    rejected: answered.flatMap(each => rejectIn(each, rows[each.row - 1])),
    contradictory,
  };
};

const rejectIn = (
  { outcome, code = '', detail = '', errors }: Answered,
  ready: Ready | undefined,
): readonly Reject[] =>
  outcome === 'refused' && ready
    ? [{ row: ready.row, code, detail, ...(errors !== undefined && { errors }), record: ready.said }]
    : [];

const contradictoryIn = ({ contradictions }: Answered, ready: Ready | undefined): readonly Contradictory[] =>
  contradictions && ready ? [{ row: ready.row, contradictions, record: ready.said }] : [];

/** Asks again after a while, and longer each time, when it may be better then. */
export const patiently = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const mayPass =
        error instanceof Unreachable || (error instanceof Problem && [429, 502, 503].includes(error.status));
      if (!mayPass || attempt === ATTEMPTS) throw error;
      await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    }
  }
};
