import { askingThrough, type Service } from '@slipway/service';
import { closedPeriods, type ClosedPeriod } from '../read/periods.query.ts';
import { catalogFactsAt, type Placed } from '../read/facts.query.ts';
import type { Measured } from '../report/delivery-report.ts';
import { changedFigures } from '../restatements/changed-figures.ts';
import type { Restatement } from '../restatements/restating.ts';
import { ledgerOf } from '../rows/ledger.ts';
import { cellsOf } from './cells.ts';
import { type Counted, type countedServices, keepCells, type KeptCell, keptCells } from './cells.query.ts';
import { keepRecords, packed, serviceRecordsAt } from './service-records.ts';
import { forgetTouches } from './touches.query.ts';

export type Refreshing = Readonly<{
  dataSource: Service['dataSource'];
  zone: string;
  now: number;
  /** Up to which position what changed a closed period is told. */
  told: (period: ClosedPeriod) => Promise<number>;
  /** Tells it once, however often it is asked to. */
  tell: (restatement: Restatement) => Promise<void>;
}>;

export type Standing = Awaited<ReturnType<typeof countedServices>>;

/** Counts services at a position, and compares what comes out with what is kept of the periods that were closed by then. */
export const countingAt = async ({ dataSource, zone, now }: Refreshing, standing: Standing, position: number) => {
  const ask = askingThrough(dataSource);
  const catalog = await catalogFactsAt(ask, position);
  const closed = (await closedPeriods(ask, zone)).filter(period => period.position <= position);
  const foreign = new Set(standing.filter(({ isCurrent }) => !isCurrent).map(({ serviceId }) => serviceId));
  return async (serviceId: string, first: number | undefined): Promise<Compared> => {
    const counted = await count(dataSource, { serviceId, zone, now, catalog, position });
    const isCurrent = !foreign.has(serviceId);
    return { ...counted, catalog, isCurrent, periods: changedPeriods({ ...counted, isCurrent }, closed, first) };
  };
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
/** `isCurrent`: what was kept of it was counted by the definitions of today; `periods`: the closed ones whose figures may be other ones. */
export type Compared = Recounted &
  Readonly<{ catalog: readonly Placed[]; isCurrent: boolean; periods: readonly ClosedPeriod[] }>;

const count = async (
  dataSource: Service['dataSource'],
  { serviceId, zone, now, catalog, position }: Wanted,
): Promise<Recounted> => {
  // What is kept and what touched it since belong together: a process that took this one for dead may be keeping later ones.
  const [records, before] = await dataSource.transaction('REPEATABLE READ', async manager => {
    const ask = askingThrough(manager);
    const found = await serviceRecordsAt(ask, { serviceId, position, catalog });
    return [found, await keptCells(ask, zone, { serviceIds: [serviceId] })] as const;
  });
  const cells = cellsOf(ledgerOf(records), serviceId, zone, now);
  return { zone, serviceId, position, cells, before, records: await packed(records) };
};

/** With what it was counted out of; what touched it up to there is forgotten. */
export const keep = (dataSource: Service['dataSource'], { records, ...counted }: Recounted): Promise<void> =>
  dataSource.transaction(async manager => {
    const ask = askingThrough(manager);
    const { serviceId, position } = counted;
    if (await keepCells(ask, counted)) await keepRecords(ask, serviceId, position, records);
    await forgetTouches(ask, [serviceId], position);
  });

const changedPeriods = (
  { serviceId, cells, before, isCurrent }: Recounted & Pick<Compared, 'isCurrent'>,
  closed: readonly ClosedPeriod[],
  first: number | undefined,
): readonly ClosedPeriod[] => {
  if (first === undefined) return [];
  const kept = new Map(before.map(cell => [cell.period, cell]));
  return closed.filter(({ period, position }) => {
    const cell = cells.find(each => each.period === period);
    const was = kept.get(period);
    if (!cell && !was) return false;
    // What was kept before the period was closed is not what it was closed with, when something came in between; and what was
    // counted by other definitions says nothing of what changed.
    if (!cell || !was || !isCurrent || first <= position) return true;
    return changedFigures(serviceId, measuresIn(was), cell.measures).length > 0;
  });
};

export const measuresIn = ({ measures }: KeptCell): readonly Measured[] => JSON.parse(measures) as readonly Measured[];
