import type { JsonObject } from '../client.ts';
import { exitCodes } from '../failures.ts';
import type { Session } from '../session.ts';
import { type Column, objectsIn, table } from '../table.ts';

/** A row for each result; one that was refused makes the whole a failure. */
export const tellRows = async (session: Session, answer: JsonObject, columns: readonly Column[]): Promise<void> => {
  const rows = objectsIn(answer, 'results');
  await session.show(answer, () => table(columns, rows));
  if (rows.some(({ outcome }) => outcome === 'refused')) session.exit(exitCodes.failed);
};
