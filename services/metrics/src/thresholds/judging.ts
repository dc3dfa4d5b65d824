import type { ThresholdAbout } from '@slipway/contracts';
import { isRejection } from '@slipway/event-sourcing';
import { askedByProcess, askingThrough, type Service } from '@slipway/service';
import type { Figure, JudgeThreshold } from '../domain/metric-threshold-commands.ts';
import type { Figure as MeasureFigure } from '../figures/figure.ts';
import { definitionOf } from '../measures/index.ts';
import { catalogFactsAt, deliveryFactsAt } from '../read/facts.query.ts';
import { facts } from '../read/facts.projection.ts';
import { type Catalog, catalogOf } from '../rows/catalog.ts';
import { scoped } from '../rows/known.ts';
import { type Ledger, ledgerOf, recordsOf } from '../rows/ledger.ts';
import { claim, type Claimed, settle } from './evaluations.ts';
import { overAt } from './over.ts';

const MOST_AT_ONCE = 50;
/** More than any round takes; what it costs is how long a killed process holds thresholds back. */
const LEASE_MS = 60_000;

/** Judges the thresholds that wait for it or are due at a moment, and answers how many those were. */
export const judgeDue = async (service: Service, at: Date): Promise<number> => {
  const { dataSource } = service;
  const position = await service.positionShown(facts.consumer);
  const claimed = await claim(dataSource, { position, at, most: MOST_AT_ONCE, leaseMs: LEASE_MS });
  if (claimed.length === 0) return 0;
  const ask = askingThrough(dataSource);
  const ofCatalog = await catalogFactsAt(ask, position);
  const catalog = catalogOf(ofCatalog);
  const watched = claimed.map(each => ({ ...each, serviceIds: servicesOf(each.terms.about, catalog) }));
  const serviceIds = [...new Set(watched.flatMap(each => each.serviceIds))];
  const ledger = ledgerOf(recordsOf([...ofCatalog, ...(await deliveryFactsAt(ask, position, serviceIds))]));
  for (const each of watched) await judge(service, ledger, each, { position, at });
  return claimed.length;
};

type Watched = Claimed & Readonly<{ serviceIds: readonly string[] }>;
type Moment = Readonly<{ position: number; at: Date }>;

/** Told first, then settled: killed in between, it is judged again, and the stream knows what was told. */
const judge = async (service: Service, ledger: Ledger, watched: Watched, { position, at }: Moment): Promise<void> => {
  const { id, revision, terms, serviceIds, causes } = watched;
  const { period, said: over, next } = overAt(terms.window, at.getTime());
  const definition = definitionOf(terms.measure);
  const figure = definition?.figures(scoped(ledger, { serviceIds }), period).find(each => each.series === terms.series);
  if (definition && figure) {
    const seen = figureOf(figure, watched, { definition: definition.version, position });
    const known = causes.filter(each => each.position <= position);
    const command: JudgeThreshold = {
      type: 'JudgeThreshold',
      data: { revision, serviceIds, figure: seen, over, causes: known },
    };
    const asked = askedByProcess('judge-threshold', id, `${revision} ${position} ${over.to}`);
    const outcome = await service.attempt(asked.at(over.to), { stream: `metricThreshold-${id}`, command });
    // Not told yet: again when the lease ends.
    if (isRejection(outcome) && outcome.rejected === 'contention') return;
  }
  await settle(service.dataSource, watched, { position, due: new Date(next) });
};

const figureOf = (
  { unit, numerator, denominator, population, ...figure }: MeasureFigure,
  { terms }: Watched,
  known: Pick<Figure, 'definition' | 'position'>,
): Figure => ({
  value: figure[terms.statistic] ?? null,
  unit,
  numerator,
  denominator,
  counted: population.length,
  ...known,
});

const servicesOf = ({ kind, id }: ThresholdAbout, { services, applications }: Catalog): readonly string[] => {
  switch (kind) {
    case 'service':
      return [id];
    case 'team':
      return services.filter(({ ownerTeam }) => ownerTeam === id).map(each => each.id);
    case 'application':
      return applications.find(each => each.id === id)?.serviceIds ?? [];
  }
};
