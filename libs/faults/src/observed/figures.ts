import type { Played } from '../plan/play.ts';
import type { System } from '../system/system.ts';
import { delaysIn, quantile, seenThroughKafka, sequencerGap, visibleGap } from './visible.ts';

/** In ms; absent where no fault of the kind lasted alone. */
export type Figures = Readonly<{
  /** Commit to visible through Kafka, 99 of 100, while a transaction of another database was all that was wrong. */
  visibleP99Ms?: number;
  visibleP50Ms?: number;
  /** What poison added at most for streams that it was not in. */
  poisonAddedMs?: number;
  /** Without a new position, or anything new visible, after the leader was lost. */
  handOverMs: Readonly<Record<string, readonly number[]>>;
  parkedStreams?: number;
}>;

export const figuresOf = async ({ pool, directory }: System, played: readonly Played[]): Promise<Figures> => {
  const alone = (kind: string) => played.filter(each => each.kind === kind && each.isAlone && !each.error);
  const seen = await seenThroughKafka(directory);
  const foreign = await delaysIn(pool, seen, alone('foreign-transaction'));
  const poisoned = await delaysIn(pool, seen, alone('poison-payloads'), { withPoisoned: false });
  const [p50, p99, worst] = [quantile(foreign, 0.5), quantile(foreign, 0.99), quantile(poisoned, 1)];
  const handOverMs: Record<string, readonly number[]> = {};
  for (const kind of ['kill-sequencer', 'freeze-sequencer'])
    handOverMs[kind] = await Promise.all(alone(kind).map(span => sequencerGap(pool, span)));
  for (const kind of ['kill-relay', 'freeze-relay']) handOverMs[kind] = alone(kind).map(span => visibleGap(seen, span));
  return {
    ...(p99 !== undefined && { visibleP99Ms: Math.round(p99), visibleP50Ms: Math.round(p50 ?? 0) }),
    ...(worst !== undefined && { poisonAddedMs: Math.round(worst - (p50 ?? 0)) }),
    handOverMs,
  };
};
