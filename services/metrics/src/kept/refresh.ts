import { type Ask, askingThrough } from '@slipway/service';
import { factsShown } from '../read/facts.query.ts';
import { EVERY_SERVICE } from '../read/touches.projection.ts';
import { countedServices } from './cells.query.ts';
import { type Compared, countingAt, keep, type Refreshing, type Standing } from './recounting.ts';
import { monthAt } from './reporting-calendar.ts';
import { restate } from './restate.ts';
import { firstTouchPositions, forgetTouches, oldestTouches } from './touches.query.ts';

/** While the database looks for the facts of one service, the figures of another are worked out. */
const AT_ONCE = 2;
/** So many events at once: what belongs to one correction should not be cut. */
const MOST_TOUCHES = 50_000;

/**
 * Counts the figures again of every service that something happened to, and keeps them. What changed in a closed period is
 * told before the new figures are kept, so that a process that is killed in between tells it when it comes back.
 * Answers whether there was anything to do.
 */
export const refresh = async (refreshing: Refreshing): Promise<boolean> => {
  const { dataSource, zone, now } = refreshing;
  const ask = askingThrough(dataSource);
  const shown = await factsShown(ask);
  const standing = await countedServices(ask, zone, undefined);
  const firsts = await firstTouches(ask, standing, shown);
  const stale = standing.filter(outdatedIn(monthAt(now, zone))).map(({ serviceId }) => serviceId);
  if (firsts.size === 0 && stale.length === 0) return false;
  const counting = await countingAt(refreshing, standing, shown);
  const restated: string[] = [];
  const waiting = new Set([...firsts.keys(), ...stale]).values();
  const countNext = async (): Promise<void> => {
    for (const serviceId of waiting) {
      const counted = await counting(serviceId, firsts.get(serviceId));
      if (counted.periods.length > 0) restated.push(serviceId);
      else await keep(dataSource, counted);
    }
  };
  for (const ended of await Promise.allSettled(Array.from({ length: AT_ONCE }, countNext)))
    if (ended.status === 'rejected') throw ended.reason;
  const through = restated.length > 0 ? await restateServices(refreshing, standing, restated, shown) : shown;
  await forgetTouches(ask, [EVERY_SERVICE], through);
  return true;
};

/** Tells what changed in closed periods, by the oldest events of these services, and keeps their figures as of the last of them. */
const restateServices = async (
  refreshing: Refreshing,
  standing: Standing,
  serviceIds: readonly string[],
  shown: number,
): Promise<number> => {
  const ask = askingThrough(refreshing.dataSource);
  const oldest = await oldestTouches(ask, [...serviceIds, EVERY_SERVICE], shown, MOST_TOUCHES);
  const touches = oldest.flatMap(touch =>
    touch.serviceId === EVERY_SERVICE ? serviceIds.map(serviceId => ({ ...touch, serviceId })) : [touch],
  );
  const through = touches.at(-1)!.position;
  const counting = await countingAt(refreshing, standing, through);
  const changed: Compared[] = [];
  for (const [serviceId, [first]] of Map.groupBy(touches, touch => touch.serviceId))
    changed.push(await counting(serviceId, first!.position));
  await restate(refreshing, changed, touches);
  for (const counted of changed) await keep(refreshing.dataSource, counted);
  return through;
};

/** The oldest event that touches each service. What touches every service touches each of those whose figures are kept. */
const firstTouches = async (ask: Ask, standing: Standing, shown: number): Promise<ReadonlyMap<string, number>> => {
  const firsts = await firstTouchPositions(ask, shown);
  const every = firsts.get(EVERY_SERVICE);
  if (every === undefined) return firsts;
  const all = [...standing.map(({ serviceId }) => serviceId), ...firsts.keys()].filter(id => id !== EVERY_SERVICE);
  return new Map(all.map(serviceId => [serviceId, Math.min(every, firsts.get(serviceId) ?? every)]));
};

/** When a month has begun, every service has figures of it; and of every month those of today's definitions. */
const outdatedIn =
  (month: string) =>
  ({ until, isCurrent }: Standing[number]): boolean =>
    !isCurrent || (until !== '' && until < month);
