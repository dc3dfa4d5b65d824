/** The view that every store builds: how many events a stream has. */
export const COUNTS_TABLE = 'CREATE TABLE IF NOT EXISTS counts (stream text PRIMARY KEY, count int NOT NULL)';

export const ADD_COUNTS = `
  INSERT INTO counts AS had SELECT * FROM unnest($1::text[], $2::int[])
  ON CONFLICT (stream) DO UPDATE SET count = had.count + excluded.count`;

/** One row a stream, however many events it has among these. */
export const countsOf = (events: readonly Readonly<{ stream: string }>[]): [string[], number[]] => {
  const counts = new Map<string, number>();
  for (const { stream } of events) counts.set(stream, (counts.get(stream) ?? 0) + 1);
  return [[...counts.keys()], [...counts.values()]];
};
