import { type Ask, askingThrough, type Service } from '@slipway/service';
import type { Definition } from '../measures/definition.ts';
import { definitions as all } from '../measures/index.ts';
import type { Named } from '../periods/calendar.ts';
import { instant } from '../periods/period.ts';
import { catalogFactsAt, factsShown, type Placed } from '../read/facts.query.ts';
import { type RestatedPeriod, restatedWithin, restatementsBetween } from '../read/restatements.query.ts';
import { EVERY_SERVICE } from '../read/touches.projection.ts';
import type { Measured } from '../report/delivery-report.ts';
import { catalogOf } from '../rows/catalog.ts';
import { ledgerOf } from '../rows/ledger.ts';
import { agedTo } from './aging.ts';
import { cellsOf, emptyMeasures, monthsKnown } from './cells.ts';
import { countedServices, type KeptCell, keptCells } from './cells.query.ts';
import { periodOfMonth } from './reporting-calendar.ts';
import { serviceRecordsAt } from './service-records.ts';
import { touchedServices } from './touches.query.ts';

export type Wanted = Readonly<{
  zone: string;
  now: number;
  serviceIds?: readonly string[] | undefined;
  /** In whole, and none that is ahead. */
  months: readonly Named[];
  definitions: readonly Definition[];
  /** A slice says which month it is of. */
  isNamed: boolean;
}>;

/** Counted while somebody waits, when the kept figures of so few services are older than the facts. */
const MOST_COUNTED = 20;

/** Slices as JSON, since there may be thousands of them. */
export type KeptSlices = Readonly<{ position: number; slices: readonly string[] }>;

/**
 * The figures of services in months out of what is kept, as the slices of a report, and the position that they are of: those
 * of services that something has just happened to are counted here. Undefined: that are too many to wait for.
 */
export const keptSlices = (dataSource: Service['dataSource'], wanted: Wanted): Promise<KeptSlices | undefined> =>
  dataSource.transaction('REPEATABLE READ', async manager => {
    const ask = askingThrough(manager);
    const position = await factsShown(ask);
    const { fresh, stale } = await standing(ask, wanted, position);
    if (stale.length > MOST_COUNTED) return undefined;
    const catalog = await catalogFactsAt(ask, position);
    const periods = wanted.months.map(({ name }) => name);
    const kept = await keptCells(ask, wanted.zone, { serviceIds: fresh, periods });
    const counted: Counted[] = [];
    for (const serviceId of stale) counted.push(await counting(ask, wanted, catalog, position, serviceId));
    const restatements = await restatementsBetween(ask, wanted.months[0]!.from, wanted.months.at(-1)!.to, position);
    const known = [...kept, ...counted.flatMap(({ cells }) => cells)];
    const cells = new Map(known.map(cell => [`${cell.serviceId} ${cell.period}`, cell]));
    const services = [...fresh, ...counted.filter(({ isKnown }) => isKnown).map(({ serviceId }) => serviceId)];
    return { position, slices: shown(wanted, namedBy(catalog, services), cells, restatements) };
  });

/** Of which services the kept figures are as of this position, and of which they are not. */
const standing = async (ask: Ask, { zone, serviceIds, months }: Wanted, position: number) => {
  const known = await countedServices(ask, zone, serviceIds);
  const touched = await touchedServices(ask, position);
  const last = months.at(-1)!.name;
  const isFresh = ({ serviceId, until, isCurrent }: (typeof known)[number]): boolean =>
    isCurrent && !touched.has(serviceId) && !touched.has(EVERY_SERVICE) && (until === '' || until >= last);
  const fresh = known.filter(isFresh);
  const isAsked = (id: string): boolean => id !== EVERY_SERVICE && (serviceIds?.includes(id) ?? true);
  const ids = new Set([...known.map(({ serviceId }) => serviceId), ...[...touched].filter(isAsked)]);
  for (const { serviceId } of fresh) ids.delete(serviceId);
  return { fresh: fresh.filter(({ until }) => until !== '').map(({ serviceId }) => serviceId), stale: [...ids] };
};

type Counted = Readonly<{ serviceId: string; isKnown: boolean; cells: readonly KeptCell[] }>;

const counting = async (
  ask: Ask,
  { zone, now, months, definitions }: Wanted,
  catalog: readonly Placed[],
  position: number,
  serviceId: string,
): Promise<Counted> => {
  const ledger = ledgerOf(await serviceRecordsAt(ask, { serviceId, position, catalog }));
  const names = new Set(months.map(({ name }) => name));
  const asked = { definitions, isAsked: ({ name }: Named) => names.has(name) };
  const cells = cellsOf(ledger, serviceId, zone, now, asked).map(cell => ({
    serviceId,
    period: cell.period,
    from: cell.from,
    to: cell.to,
    now: cell.now ?? null,
    measures: JSON.stringify(cell.measures),
  }));
  return { serviceId, isKnown: cells.length > 0 || monthsKnown(ledger, serviceId, zone, now).length > 0, cells };
};

type Called = Readonly<{ id: string; name: string }>;

const namedBy = (catalog: readonly Placed[], ids: readonly string[]): readonly Called[] => {
  const names = new Map(catalogOf(catalog).services.map(({ id, name }) => [id, name]));
  return ids
    .map(id => ({ id, name: names.get(id) ?? id }))
    .toSorted((a, b) => order(a.name, b.name) || order(a.id, b.id));
};

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const shown = (
  wanted: Wanted,
  services: readonly Called[],
  cells: ReadonlyMap<string, KeptCell>,
  restatements: readonly RestatedPeriod[],
): readonly string[] => {
  const empty = new Map(wanted.months.map(month => [month.name, JSON.stringify(told(wanted, emptyOf(wanted, month)))]));
  return services.flatMap(({ id, name }) =>
    wanted.months.map(month => {
      const cell = cells.get(`${id} ${month.name}`);
      const restated = restatedWithin(restatements, month, [id]);
      const about = JSON.stringify({
        by: 'service',
        id,
        name,
        ...(wanted.isNamed && { period: month.name }),
        from: instant(month.from),
        to: instant(month.to),
        blend: false,
        restatements: restated,
      });
      return `${about.slice(0, -1)},"measures":${cell ? measuresIn(wanted, cell, month) : empty.get(month.name)!}}`;
    }),
  );
};

const emptyOf = ({ zone, now }: Wanted, month: Named): readonly Measured[] => emptyMeasures(month, zone, now);

/** As they are kept where that is all that is asked for; nothing needs to be read then. */
const measuresIn = (wanted: Wanted, { now, measures }: KeptCell, month: Named): string => {
  if (now === null && wanted.definitions.length === all.length) return measures;
  const kept = JSON.parse(measures) as readonly Measured[];
  return JSON.stringify(
    told(wanted, now === null ? kept : agedTo(kept, periodOfMonth(month, wanted.zone, wanted.now))),
  );
};

const told = ({ definitions }: Wanted, measures: readonly Measured[]): readonly Measured[] =>
  measures.filter(({ measure }) => definitions.some(definition => definition.measure === measure));
