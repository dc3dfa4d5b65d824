/** A row as it is answered: what is null is absent, and instants are in UTC. */
export const answered = (row: object, ...without: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([key, value]) => value !== null && !without.includes(key))
      .map(([key, value]: [string, unknown]) => [key, value instanceof Date ? value.toISOString() : value]),
  );
