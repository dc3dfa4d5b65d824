import { rawSql, sql } from '@event-driven-io/dumbo';
import { postgreSQLRawBatchSQLProjection, rebuildPostgreSQLProjections } from '@event-driven-io/emmett-postgresql';
import type { Event } from '@event-driven-io/emmett';
import { v7 as uuidv7 } from 'uuid';
import { EVENT_TYPE } from '../../event.ts';
import { ADD_COUNTS, COUNTS_TABLE, countsOf } from '../counts.ts';

type Recorded = Event & Readonly<{ metadata: { streamName: string } }>;

// Its statements carry their values as literals; one a batch, as few as can be.
const ADD_LITERALS = ADD_COUNTS.replace('$1', '%L').replace('$2', '%L');

/** Its projection of SQL statements a batch, started anew. Answers how many events it handled. */
export const rebuildCounts = async (connectionString: string, batchSize: number): Promise<number> => {
  let read = 0;
  const projection = postgreSQLRawBatchSQLProjection({
    name: 'counts',
    canHandle: [EVENT_TYPE],
    init: () => [rawSql('DROP TABLE IF EXISTS counts'), rawSql(COUNTS_TABLE)],
    evolve: events => {
      read += events.length;
      const [streams, counts] = countsOf(
        (events as Recorded[]).map(({ metadata }) => ({ stream: metadata.streamName })),
      );
      return [sql(ADD_LITERALS, `{${streams.join(',')}}`, `{${counts.join(',')}}`)];
    },
  });
  const consumer = rebuildPostgreSQLProjections({
    connectionString,
    projections: [{ projection, processorId: `counts-${uuidv7()}`, startFrom: 'BEGINNING' }],
    pulling: { batchSize, pullingFrequencyInMs: 0 },
  });
  await consumer.start();
  await consumer.close();
  return read;
};
