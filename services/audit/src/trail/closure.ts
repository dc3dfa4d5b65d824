import { isHub } from './references.ts';

/** `out`: the records that came out of these; `into`: those that these came out of. */
export type Direction = 'out' | 'into';
export type NextTo = (streams: readonly string[], direction: Direction) => Promise<readonly string[]>;

/**
 * The record, all that came out of it, and all that it came out of, each transitively. Not what else came out of those:
 * two releases that share a past are two trails. Never through a hub; the trail of a hub is itself alone.
 */
export const trailOf = async (start: string, nextTo: NextTo): Promise<ReadonlySet<string>> => {
  if (isHub(start)) return new Set([start]);
  const out = await reach(start, streams => nextTo(streams, 'out'));
  const into = await reach(start, streams => nextTo(streams, 'into'));
  return new Set([...out, ...into]);
};

const reach = async (
  start: string,
  next: (streams: readonly string[]) => Promise<readonly string[]>,
): Promise<Set<string>> => {
  const reached = new Set([start]);
  for (let edge: readonly string[] = [start]; edge.length > 0;) {
    edge = [...new Set(await next(edge))].filter(stream => !isHub(stream) && !reached.has(stream));
    for (const stream of edge) reached.add(stream);
  }
  return reached;
};
