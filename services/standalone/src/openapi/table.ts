import type { Outcome } from './schemathesis.ts';

/** What came of all that was sent with the token of a role. */
export type Row = Readonly<{ role: string }> & Pick<Outcome, 'answered' | 'failures'>;

const COLUMNS = ['role', 'requests', '2xx', '4xx', '503', 'failures'] as const;

/** The two as one: rounds of a role, or roles. */
export const together = (role: string, rows: readonly Pick<Row, 'answered' | 'failures'>[]): Row => {
  const answered: Record<string, number> = {};
  for (const row of rows)
    for (const [status, count] of Object.entries(row.answered)) answered[status] = (answered[status] ?? 0) + count;
  return { role, answered, failures: rows.reduce((sum, { failures }) => sum + failures, 0) };
};

export const requestsOf = ({ answered }: Pick<Row, 'answered'>): number => counted(answered, '');

const counted = (answered: Row['answered'], beginning: string): number =>
  Object.entries(answered)
    .filter(([status]) => status.startsWith(beginning))
    .reduce((sum, [, count]) => sum + count, 0);

/** Role × requests × failures, with how they were answered. A 503 counted here said when to come again. */
export const tableOf = (rows: readonly Row[]): string => {
  const cells = [COLUMNS, ...[...rows, together('together', rows)].map(cellsOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)));
  return cells
    .map(row => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))))
    .map(row => row.join('  '))
    .join('\n');
};

const cellsOf = (row: Row): readonly string[] => {
  const counts = ['2', '4', '503'].map(beginning => counted(row.answered, beginning));
  return [row.role, ...[requestsOf(row), ...counts, row.failures].map(String)];
};
