import type { Played } from '../plan/play.ts';
import type { System } from '../system/system.ts';
import { delaysIn, quantileOf, seenThroughKafka, sequencerGap, typicalP99, visibleGap } from './visible.ts';

/** In ms; absent where no fault of the kind lasted alone. */
export type Figures = Readonly<{
  /** Commit to visible through Kafka, 99 of 100, while a transaction of another database was all that was wrong. */
  visibleP99Ms?: number;
  visibleP50Ms?: number;
  /** The median of the p99 of its seconds, and the same while nothing was wrong. */
  typical?: Readonly<{ foreignP99Ms: number; quietP99Ms: number }>;
  /** What poison added at most for streams that it was not in. */
  poisonAddedMs?: number;
  /** Without a new position, or anything new visible, after the leader was lost. */
  handOverMs: Readonly<Record<string, readonly number[]>>;
  parkedStreams?: number;
}>;

export const figuresOf = async (
  { pool, directory }: System,
  played: readonly Played[],
  quiet: Pick<Played, 'beganAt' | 'endedAt'>,
): Promise<Figures> => {
  const alone = (kind: string) => played.filter(each => each.kind === kind && each.isAlone && !each.error);
  const seen = await seenThroughKafka(directory);
  const foreign = await delaysIn(pool, seen, alone('foreign-transaction'));
  const poisoned = await delaysIn(pool, seen, alone('poison-payloads'), { withPoisoned: false });
  const [p50, p99, worst] = [quantileOf(foreign, 0.5), quantileOf(foreign, 0.99), quantileOf(poisoned, 1)];
  const foreignP99Ms = typicalP99(foreign);
  const quietP99Ms = typicalP99(await delaysIn(pool, seen, [quiet]));
  const handOverMs: Record<string, readonly number[]> = {};
  for (const kind of ['kill-sequencer', 'freeze-sequencer'])
    handOverMs[kind] = await Promise.all(alone(kind).map(span => sequencerGap(pool, span)));
  for (const kind of ['kill-relay', 'freeze-relay']) handOverMs[kind] = alone(kind).map(span => visibleGap(seen, span));
  return {
    ...(p99 !== undefined && { visibleP99Ms: Math.round(p99), visibleP50Ms: Math.round(p50 ?? 0) }),
    ...(foreignP99Ms !== undefined &&
      quietP99Ms !== undefined && {
        typical: { foreignP99Ms: Math.round(foreignP99Ms), quietP99Ms: Math.round(quietP99Ms) },
      }),
    ...(worst !== undefined && { poisonAddedMs: Math.round(worst - (p50 ?? 0)) }),
    handOverMs,
  };
};
