import { readJson } from './json-body.ts';
import { type Problem, ProblemException } from './problem.ts';

/** One line of a body of JSON values, from 1; blank ones are left out. */
export type JsonLine = Readonly<{ row: number }> & (Readonly<{ value: unknown }> | Readonly<{ problem: Problem }>);

const NOT_LINES = {
  status: 415,
  code: 'unsupported-media-type',
  detail: 'Send one JSON object a line, as application/x-ndjson.',
};
const NO_ROWS = { status: 400, code: 'no-rows', detail: 'The body holds no row.' };
const NEWLINE = 10;
const tooMany = (most: number): Problem => ({
  status: 413,
  code: 'too-many-rows',
  detail: `The body holds more than ${most} rows: send it in parts.`,
});

/** The lines of an NDJSON body, at most so many. A line that is no JSON is told with its problem; the others stand. */
export const jsonLines = (
  { rawBody, headers }: Readonly<{ rawBody?: Uint8Array; headers: Readonly<Record<string, unknown>> }>,
  most: number,
): readonly JsonLine[] => {
  if (!rawBody || !String(headers['content-type']).startsWith('application/x-ndjson'))
    throw new ProblemException(NOT_LINES);
  const lines = linesIn(rawBody).filter(({ bytes }) => !isBlank(bytes));
  if (lines.length === 0) throw new ProblemException(NO_ROWS);
  if (lines.length > most) throw new ProblemException(tooMany(most));
  return lines.map(({ row, bytes }) => ({ row, ...readJson(bytes) }));
};

type Bytes = Readonly<{ row: number; bytes: Uint8Array }>;

const linesIn = (body: Uint8Array): readonly Bytes[] => {
  const lines: Bytes[] = [];
  for (let from = 0; from < body.length;) {
    const newline = body.indexOf(NEWLINE, from);
    const to = newline < 0 ? body.length : newline;
    lines.push({ row: lines.length + 1, bytes: body.subarray(from, to) });
    from = to + 1;
  }
  return lines;
};

const BLANKS = [9, 13, 32];
const isBlank = (bytes: Uint8Array): boolean => bytes.every(byte => BLANKS.includes(byte));
