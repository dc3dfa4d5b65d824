import pg from 'pg';
import { type Epochs, holdEpochs, whileNobodyWrites } from './alone.ts';
import { moveNumbers } from './numbers.ts';
import { type Obstacle, obstaclesTo } from './obstacles.ts';
import { RecoveryRefused, type RecoveryOptions } from './options.ts';
import { readTail, type Tail } from './tail.ts';
import { takeBack } from './take-back.ts';

/**
 * `in-step`: Kafka has nothing that the log has not. `tail-on-kafka`: what is missing can be taken back, up to `through`.
 * `appended-since`: the log went on differently. `another-log`: the topics are of another one.
 */
export type Finding = Tail &
  Readonly<{ state: 'in-step' | 'tail-on-kafka' | 'appended-since' | 'another-log'; obstacles: readonly Obstacle[] }>;

/** Compares the log with Kafka, and changes nothing. */
export const findTail = async ({ url, kafka, prefix, onProgress }: RecoveryOptions): Promise<Finding> => {
  const client = new pg.Client({ connectionString: url, application_name: 'slipway-recover' });
  await client.connect();
  try {
    return await found(client, await readTail(client, kafka, prefix, onProgress));
  } finally {
    await client.end();
  }
};

const found = async (client: pg.ClientBase, tail: Tail): Promise<Finding> => {
  const obstacles = await obstaclesTo(client, tail);
  return { ...tail, obstacles, state: stateOf(tail, obstacles) };
};

const stateOf = ({ otherLogs, head, last }: Tail, obstacles: readonly Obstacle[]): Finding['state'] => {
  if (otherLogs.length > 0) return 'another-log';
  if (obstacles.length > 0) return 'appended-since';
  return last > head ? 'tail-on-kafka' : 'in-step';
};

/**
 * Writes what Kafka has behind the log, byte for byte, with the numbers of its streams. No sequencer and no relay may run;
 * appends wait meanwhile. Killed on the way, it goes on the next time. Throws `RecoveryRefused`.
 */
export const takeTailBack = ({ url, kafka, prefix, onProgress }: RecoveryOptions): Promise<Finding> =>
  whileNobodyWrites(url, async (client, epochs) => {
    const finding = await found(client, await readTail(client, kafka, prefix, onProgress));
    if (finding.state === 'another-log' || finding.state === 'appended-since')
      throw new RecoveryRefused(`${reasonsOf(finding)}: only a new incarnation is left`);
    if (finding.state === 'tail-on-kafka') {
      await moveNumbers(client);
      await takeBack(client, finding, epochs, onProgress);
    }
    return finding;
  });

/** Why the tail can not be taken back, in words. */
export const reasonsOf = ({ otherLogs, obstacles }: Finding): string =>
  [
    ...otherLogs.map(log => `Kafka has records of log ${log}`),
    ...obstacles.map(({ what, streams }) => (streams.length > 0 ? `${what} (${streams.join(', ')})` : what)),
  ].join('; ');

export type NewIncarnationOptions = Readonly<{
  openedBy: string;
  reason: string;
  /** Also where Kafka has nothing that the log has not: it was lost, too. */
  isForced?: boolean;
}>;

export type NewIncarnation = Readonly<{ id: string; afterPosition: number }>;

const OPEN = `
  INSERT INTO store.incarnation (after_position, opened_by, reason) VALUES (store.head(), $1, $2)
  RETURNING id::text, after_position::float8 AS "afterPosition"`;

/**
 * Lets the log go on as another one, without what Kafka has beyond it: the relay then wants topics of its own (another
 * prefix), and each consumer refuses until it is rebuilt. Throws `RecoveryRefused` where nothing is wrong.
 */
export const openIncarnation = (
  { url, kafka, prefix, onProgress }: RecoveryOptions,
  { openedBy, reason, isForced = false }: NewIncarnationOptions,
): Promise<NewIncarnation> =>
  whileNobodyWrites(url, async (client, epochs) => {
    const { state } = await found(client, await readTail(client, kafka, prefix, onProgress));
    if (state === 'in-step' && !isForced)
      throw new RecoveryRefused('Kafka has nothing that the log has not: there is nothing to recover');
    await moveNumbers(client); // beyond those of the tail, too, which is given up
    return opened(client, epochs, [openedBy, reason]);
  });

const opened = async (client: pg.ClientBase, epochs: Epochs, values: readonly string[]): Promise<NewIncarnation> => {
  await client.query('BEGIN');
  await holdEpochs(client, epochs);
  const { rows } = await client.query<NewIncarnation>(OPEN, [...values]);
  await client.query('COMMIT');
  return rows[0] as NewIncarnation;
};
