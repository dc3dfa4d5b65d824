import type { Fault } from './fault.ts';

/** The immediate stop: every connection is gone, and it recovers from its log. */
export const stopPostgres: Fault = {
  kind: 'stop-postgres',
  touches: 'postgres',
  lengthMs: [0, 4_000],
  shortMs: [0, 1_000],
  begin: async ({ system: { database } }) => {
    await database.stopAtOnce();
    return () => database.start();
  },
};
