import type { Run } from './run.ts';

type Ended = Run & Readonly<{ startedAt: number }>;

/** The runs that were on a target while another one was. Of two of which one undoes the other, that is as it must be. */
export const overlapping = (runs: readonly Run[]): ReadonlySet<string> => {
  const started = runs.filter((run): run is Ended => run.startedAt !== undefined);
  const targets = Map.groupBy(started, ({ serviceId, environmentId }) => `${serviceId} ${environmentId}`);
  return new Set([...targets.values()].flatMap(overlapsOn));
};

/** Of runs on one target, in the order of their start: it is enough to look back at the one that ended last. */
const overlapsOn = (runs: readonly Ended[]): readonly string[] => {
  const ordered = runs.toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  const found: string[] = [];
  let latest: Ended | undefined;
  for (const run of ordered) {
    if (latest && (latest.endedAt ?? -Infinity) > run.startedAt && !undoes(run, latest)) found.push(latest.id, run.id);
    if (!latest || (run.endedAt ?? -Infinity) > (latest.endedAt ?? -Infinity)) latest = run;
  }
  return found;
};

const undoes = (one: Run, other: Run): boolean => one.undoes === other.id || other.undoes === one.id;
