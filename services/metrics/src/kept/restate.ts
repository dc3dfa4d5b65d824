import { type Ask, askingThrough } from '@slipway/service';
import type { ClosedPeriod } from '../read/periods.query.ts';
import { deliveryFactsAt, type Placed } from '../read/facts.query.ts';
import type { Touch } from '../restatements/corrections.ts';
import { type AsOf, restatementsOf } from '../restatements/restating.ts';
import { figuresAt } from './figures-at.ts';
import { type Compared, measuresIn, type Refreshing } from './recounting.ts';

/** Tells which corrections changed figures of closed periods, each once. */
export const restate = async (
  { zone, told, tell, dataSource }: Refreshing,
  changed: readonly Compared[],
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
  changed: readonly Compared[],
  period: ClosedPeriod,
  touches: readonly Touch[],
  zone: string,
): AsOf => {
  const facts = new Map<string, Promise<readonly Placed[]>>();
  const workedOut = async ({ serviceId, position: last, catalog }: Compared, position: number) => {
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
