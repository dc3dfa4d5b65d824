import type { Latency, LoadCount } from './load.ts';
import { canTellProcessorTime, endedChildrenSeconds, processorSeconds } from './processor-time.ts';
import type { Stage } from './stage.ts';

/** Whose processor time is told apart. */
export const columns = ['client', 'application', 'server', 'sequencer', 'relay', 'consumer', 'broker'] as const;
export type Column = (typeof columns)[number];
export type Pids = Readonly<Partial<Record<Column, number>>>;

/** What one round of one store gave. */
export type Figure = Readonly<{
  /** A second. */
  rate: number;
  latencyMs?: Latency;
  /** Processor microseconds of each process for one of what was counted; absent where the system does not tell. */
  cpuMicros?: Readonly<Partial<Record<Column, number>>>;
  /** Events that are stored and that it did not see. */
  missed?: number;
  /** Seconds after the end until all of it was on Kafka, and in the view. */
  drainSeconds?: Readonly<{ kafka: number; view: number }>;
}>;

type Counted = Omit<LoadCount, 'latencyMs'> & Partial<LoadCount>;

/** Does a piece of work with a clock, and with a meter at each process. A client that ends in it is counted too. */
export const measured = async (stage: Stage, others: Pids, work: () => Promise<Counted>): Promise<Figure> => {
  await stage.settle();
  const pids: Pids = { ...others, server: stage.postgresPid };
  const before = meters(pids);
  const { count, seconds, latencyMs } = await work();
  await stage.settle(); // what it left to be written is its own cost
  const after = meters(pids);
  if (count === 0) throw new Error('nothing was done in this round');
  const cpuMicros = Object.fromEntries(
    columns.flatMap(column => {
      const used = (after[column] ?? 0) - (before[column] ?? 0);
      return after[column] === undefined ? [] : [[column, (used * 1e6) / count] as const];
    }),
  );
  return {
    rate: count / seconds,
    ...(latencyMs && { latencyMs }),
    ...(canTellProcessorTime() && { cpuMicros }),
  };
};

const meters = (pids: Pids): Readonly<Partial<Record<Column, number>>> => {
  const known = columns.flatMap(column => (pids[column] === undefined ? [] : [[column, pids[column]] as const]));
  const seconds = processorSeconds(known.map(([, pid]) => pid));
  return {
    ...(pids.client === undefined && { client: endedChildrenSeconds() }),
    ...Object.fromEntries(known.map(([column], nth) => [column, seconds[nth]])),
  };
};

/** What appending itself costs: the client, the server and the sequencer. */
export const appendCpu = ({ cpuMicros }: Figure): number | undefined =>
  cpuMicros && (cpuMicros.client ?? 0) + (cpuMicros.server ?? 0) + (cpuMicros.sequencer ?? 0);
