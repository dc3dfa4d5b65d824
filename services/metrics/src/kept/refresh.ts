import { type Ask, askingThrough, type Service } from '@slipway/service';
import { closedPeriods, type ClosedPeriod } from '../read/periods.query.ts';
import { catalogFactsAt, deliveryFactsAt, factsShown, type Placed } from '../read/facts.query.ts';
import { EVERY_SERVICE } from '../read/touches.projection.ts';
import type { Touch } from '../restatements/corrections.ts';
import { type AsOf, type Restatement, restatementsOf } from '../restatements/restating.ts';
import { changedFigures } from '../restatements/changed-figures.ts';
import { ledgerOf } from '../rows/ledger.ts';
import type { Measured } from '../report/delivery-report.ts';
import { cellsOf } from './cells.ts';
import { type Counted, countedServices, keepCells, type KeptCell, keptCells } from './cells.query.ts';
import { figuresAt } from './figures-at.ts';
import { monthAt } from './reporting-calendar.ts';
import { keepRecords, packed, serviceRecordsAt } from './service-records.ts';
import { forgetTouches, oldestTouches, touchedServices } from './touches.query.ts';

export type Refreshing = Readonly<{
  dataSource: Service['dataSource'];
  zone: string;
  now: number;
  /** Up to which position what changed a closed period is told. */
  told: (period: ClosedPeriod) => Promise<number>;
  /** Tells it once, however often it is asked to. */
  tell: (restatement: Restatement) => Promise<void>;
}>;

/** So many events at once where periods are closed: what belongs to one correction should not be cut. */
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
  const closed = (await closedPeriods(ask, zone)).filter(({ position }) => position <= shown);
  const { touches, touched, through } = await touchedOf(ask, shown, standing, closed.length > 0);
  const stale = standing.filter(outdatedIn(monthAt(now, zone))).map(({ serviceId }) => serviceId);
  if (touched.length === 0 && stale.length === 0) return false;
  const foreign = new Set(standing.filter(({ isCurrent }) => !isCurrent).map(({ serviceId }) => serviceId));
  const catalog = await catalogFactsAt(ask, through);
  const changed: Changed[] = [];
  for (const serviceId of new Set([...touched, ...stale])) {
    const isCurrent = !foreign.has(serviceId);
    const counted = { ...(await count(ask, { serviceId, zone, now, catalog, position: through })), isCurrent };
    const periods = changedPeriods(
      counted,
      closed.filter(({ position }) => position <= through),
      touches,
    );
    if (periods.length > 0) changed.push({ ...counted, catalog, periods });
    else await keep(dataSource, counted);
  }
  await restate(refreshing, changed, touches);
  for (const counted of changed) await keep(dataSource, counted);
  await forgetTouches(ask, [EVERY_SERVICE], through);
  return true;
};

type Standing = Awaited<ReturnType<typeof countedServices>>;
type Touched = Readonly<{
  /** One by one, where what changed is told. */
  touches: readonly Touch[];
  touched: readonly string[];
  through: number;
}>;

/** The services that something happened to: where a period is closed, by the oldest events; else by all of them at once. */
const touchedOf = async (ask: Ask, shown: number, standing: Standing, isAnyClosed: boolean): Promise<Touched> => {
  const counted = standing.map(({ serviceId }) => serviceId);
  if (!isAnyClosed) {
    const touched = await touchedServices(ask, shown);
    const all = touched.has(EVERY_SERVICE) ? [...counted, ...touched] : [...touched];
    return { touches: [], touched: all.filter(id => id !== EVERY_SERVICE), through: shown };
  }
  const touches = spread(counted, await oldestTouches(ask, shown, MOST_TOUCHES));
  const through = touches.at(-1)?.position ?? shown;
  return { touches, touched: touches.map(({ serviceId }) => serviceId), through };
};

type Wanted = Readonly<{
  serviceId: string;
  zone: string;
  now: number;
  catalog: readonly Placed[];
  position: number;
}>;
/** `records`: what the figures were counted out of, packed. */
type Recounted = Counted & Readonly<{ records: Buffer }>;
/** `isCurrent`: what was kept of it was counted by the definitions of today. */
type Compared = Recounted & Readonly<{ isCurrent: boolean }>;
/** `periods`: the closed ones whose figures may be other ones. */
type Changed = Compared & Readonly<{ catalog: readonly Placed[]; periods: readonly ClosedPeriod[] }>;

/** What touches every service touches each of those whose figures are kept. */
const spread = (counted: readonly string[], touches: readonly Touch[]): readonly Touch[] => {
  if (!touches.some(({ serviceId }) => serviceId === EVERY_SERVICE)) return touches;
  const all = [...new Set([...counted, ...touches.map(({ serviceId }) => serviceId)])].filter(
    id => id !== EVERY_SERVICE,
  );
  return touches.flatMap(touch =>
    touch.serviceId === EVERY_SERVICE ? all.map(serviceId => ({ ...touch, serviceId })) : [touch],
  );
};

const count = async (ask: Ask, { serviceId, zone, now, catalog, position }: Wanted): Promise<Recounted> => {
  const records = await serviceRecordsAt(ask, { serviceId, position, catalog });
  const cells = cellsOf(ledgerOf(records), serviceId, zone, now);
  const before = await keptCells(ask, zone, { serviceIds: [serviceId] });
  return { zone, serviceId, position, cells, before, records: await packed(records) };
};

const keep = (dataSource: Service['dataSource'], { records, ...counted }: Recounted): Promise<void> =>
  dataSource.transaction(async manager => {
    const ask = askingThrough(manager);
    const { serviceId, position } = counted;
    if (await keepCells(ask, counted)) await keepRecords(ask, serviceId, position, records);
    await forgetTouches(ask, [serviceId], position);
  });

/** When a month has begun, every service has figures of it; and of every month those of today's definitions. */
const outdatedIn =
  (month: string) =>
  ({ until, isCurrent }: Standing[number]): boolean =>
    !isCurrent || (until !== '' && until < month);

const changedPeriods = (
  { serviceId, cells, before, isCurrent }: Compared,
  closed: readonly ClosedPeriod[],
  touches: readonly Touch[],
): readonly ClosedPeriod[] => {
  const first = touches.find(touch => touch.serviceId === serviceId);
  if (!first) return [];
  const kept = new Map(before.map(cell => [cell.period, cell]));
  return closed.filter(({ period, position }) => {
    const cell = cells.find(each => each.period === period);
    const was = kept.get(period);
    if (!cell && !was) return false;
    // What was kept before the period was closed is not what it was closed with, when something came in between; and what was
    // counted by other definitions says nothing of what changed.
    if (!cell || !was || !isCurrent || first.position <= position) return true;
    return changedFigures(serviceId, measuresIn(was), cell.measures).length > 0;
  });
};

const measuresIn = ({ measures }: KeptCell): readonly Measured[] => JSON.parse(measures) as readonly Measured[];

const restate = async (
  { zone, told, tell, dataSource }: Refreshing,
  changed: readonly Changed[],
  touches: readonly Touch[],
): Promise<void> => {
  const periods = new Map(changed.flatMap(each => each.periods).map(period => [period.period, period]));
  for (const period of [...periods.values()].toSorted((a, b) => (a.period < b.period ? -1 : 1))) {
    const theirs = changed.filter(each => each.periods.includes(period));
    const services = new Set(theirs.map(({ serviceId }) => serviceId));
    const found = await restatementsOf(
      {
        period: period.period,
        told: Math.max(period.position, await told(period)),
        touches: touches.filter(({ serviceId }) => services.has(serviceId)),
      },
      historyOf(askingThrough(dataSource), theirs, period, touches, zone),
    );
    for (const restatement of found) await tell(restatement);
  }
};

/** The figures of a closed period at any position: those that are kept where they hold, else worked out of the facts. */
const historyOf = (
  ask: Ask,
  changed: readonly Changed[],
  period: ClosedPeriod,
  touches: readonly Touch[],
  zone: string,
): AsOf => {
  const facts = new Map<string, Promise<readonly Placed[]>>();
  const workedOut = async ({ serviceId, position: last, catalog }: Changed, position: number) => {
    if (!facts.has(serviceId)) facts.set(serviceId, deliveryFactsAt(ask, last, [serviceId]));
    const all = [...catalog, ...(await facts.get(serviceId)!)];
    return figuresAt(all, position, serviceId, period, zone);
  };
  return async (serviceId, position) => {
    const counted = changed.find(each => each.serviceId === serviceId)!;
    const theirs = touches.filter(touch => touch.serviceId === serviceId);
    const now = counted.cells.find(cell => cell.period === period.period);
    const was = counted.before.find(cell => cell.period === period.period);
    if (now && position >= theirs.at(-1)!.position) return now.measures;
    if (was && counted.isCurrent && position < theirs[0]!.position) return measuresIn(was);
    return workedOut(counted, position);
  };
};
