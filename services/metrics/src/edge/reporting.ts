import { Injectable } from '@nestjs/common';
import { type Asked, notFound, ProblemException, Report } from '@slipway/edge';
import { positionAt } from '@slipway/event-store';
import { type Ask, askingThrough, Service } from '@slipway/service';
import { setTimeout as pause } from 'node:timers/promises';
import { editionNamed } from '../benchmarks/editions.ts';
import { CellsWorker } from '../kept/cells-worker.ts';
import { type KeptSlices, keptSlices } from '../kept/kept-slices.ts';
import { type ReportingCalendar, reportingCalendarIn } from '../kept/reporting-calendar.ts';
import type { Definition } from '../measures/definition.ts';
import type { Unit } from '../periods/calendar.ts';
import { facts } from '../read/facts.projection.ts';
import { areTooMany, catalogFactsAt, deliveryFactsAt } from '../read/facts.query.ts';
import { restatedWithin, restatementsBetween } from '../read/restatements.query.ts';
import { type Asked as AskedReport, deliveryReport, MOST_SLICES } from '../report/delivery-report.ts';
import type { Dimension } from '../report/slices.ts';
import { catalogOf } from '../rows/catalog.ts';
import { type Ledger, ledgerOf, recordsOf } from '../rows/ledger.ts';
import { keptMonthsOf } from './asked-months.ts';
import { asOfInstant, type AskedPeriod, periodOf } from './asked-period.ts';
import { type AskedScope, placesOf, scopeOf } from './asked-scope.ts';
import type { MeasureQuery, RemediationsQuery } from './metrics.query.dto.ts';

const PATIENCE_MS = 10_000;
/** Of figures that are kept. */
const MOST_KEPT_SLICES = 10_000;

/** Makes reports of what is known at a position, for whoever may see it. */
@Injectable()
export class Reporting {
  private readonly calendar: ReportingCalendar = reportingCalendarIn(process.env);

  constructor(
    private readonly service: Service,
    private readonly worker: CellsWorker,
  ) {}

  /** What a query asks of some measures, or of all. 404 for what the catalog does not know, 403 outside of the asker's grants. */
  async report(asked: Asked, of: readonly Definition[], query: MeasureQuery): Promise<Report> {
    const askedPeriod = periodOf(query, Date.now());
    const { period } = askedPeriod;
    const shown = await this.positionOf(query, period.zone);
    const { scope, ...named } = await this.scopeOf(asked, query, shown);
    const kept = await this.kept(of, query, scope, askedPeriod);
    const position = kept?.position ?? shown;
    const report = await this.worked(of, query, scope, askedPeriod, { position, isWholeOnly: kept !== undefined });
    const { from, to } = period;
    const asIs = { ...named, ...saidOf(query), from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    const body = { ...asIs, zone: period.zone, position, ...report };
    return new Report(kept ? withSlices(body, kept.slices) : body, position);
  }

  /** What was known at a position, of what is asked about. 403 unless the asker reaches all of it. */
  async known(
    asked: Asked,
    query: MeasureQuery | RemediationsQuery,
    position: number,
  ): Promise<Readonly<{ ledger: Ledger; scope: AskedScope }>> {
    const scope = await this.scopeOf(asked, query as MeasureQuery, position);
    return { ledger: await this.ledger(position, scope.scope.serviceIds), scope };
  }

  private get ask(): Ask {
    return askingThrough(this.service.dataSource);
  }

  /** The log position that is answered for: what is shown, or what was asked for, when that is shown. */
  async positionOf(
    { afterEvent, position, asOf }: Pick<MeasureQuery, 'afterEvent' | 'position' | 'asOf'>,
    zone: string,
  ): Promise<number> {
    const shown = await this.service.positionShown(facts.consumer, afterEvent);
    if (asOf !== undefined) return positionAt(this.service.store, asOfInstant(asOf, zone), shown);
    if (position === undefined || position <= shown) return position ?? shown;
    throw notShown(position, shown, await this.service.store.head());
  }

  private async scopeOf(asked: Asked, query: MeasureQuery, position: number): Promise<AskedScope> {
    const scope = scopeOf(query, catalogOf(await catalogFactsAt(this.ask, position)));
    for (const place of placesOf(scope.scope)) this.service.permit(asked, [place]);
    return scope;
  }

  private async ledger(position: number, serviceIds: readonly string[] | undefined): Promise<Ledger> {
    if (serviceIds === undefined && (await areTooMany(this.ask))) throw new ProblemException(TOO_MUCH);
    const catalog = await catalogFactsAt(this.ask, position);
    return ledgerOf(recordsOf([...catalog, ...(await deliveryFactsAt(this.ask, position, serviceIds))]));
  }

  /** The slices out of figures that are kept, when those are asked for. */
  private async kept(
    definitions: readonly Definition[],
    query: MeasureQuery,
    scope: AskedScope['scope'],
    asked: AskedPeriod,
  ): Promise<KeptSlices | undefined> {
    const { zone } = this.calendar;
    const months = keptMonthsOf(query, { scope, ...asked }, zone);
    if (!months) return undefined;
    const { serviceIds } = scope;
    const wanted = { zone, now: Date.now(), serviceIds, months, definitions, isNamed: query.every !== undefined };
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await keptSlices(this.service.dataSource, wanted);
      if (found && found.slices.length > MOST_KEPT_SLICES) throw new ProblemException(TOO_MANY);
      if (found) return found;
      this.worker.hurry();
      if (performance.now() > until) throw new ProblemException({ ...BEHIND, detail: COUNTING });
      await pause(200);
    }
  }

  /** Worked out of the facts: the whole, and the slices that are not kept. */
  private async worked(
    definitions: readonly Definition[],
    query: MeasureQuery,
    scope: AskedScope['scope'],
    { period, unit }: AskedPeriod,
    { position, isWholeOnly }: Readonly<{ position: number; isWholeOnly: boolean }>,
  ): Promise<object> {
    const isOfAll = scope.serviceIds === undefined;
    // The whole beside the slices that are kept is left out where it is too much, unless it is asked for.
    const isTooMuch = async () => isOfAll && query.blend !== true && (await areTooMany(this.ask));
    if (isWholeOnly && (query.blend === false || (await isTooMuch()))) return { blend: scope.serviceIds?.length !== 1 };
    const ledger = await this.ledger(position, scope.serviceIds);
    const restatements = await restatementsBetween(this.ask, period.from, period.to, position);
    const asked: AskedReport = {
      definitions,
      scope,
      period,
      compare: query.compare ?? false,
      members: query.members ?? false,
      restated: (span, serviceIds) => restatedWithin(restatements, span, serviceIds),
      ...(unit && { unit }),
      ...editionOf(query),
    };
    if (isWholeOnly) return deliveryReport(ledger, asked)!;
    const { by, every } = query;
    const sliced = { ...asked, ...(every !== undefined && { every: every as Unit }) };
    const reportBy = (dimension: string | undefined) =>
      dimension === undefined || dimension === 'none'
        ? deliveryReport(ledger, sliced)
        : deliveryReport(ledger, { ...sliced, by: dimension as Dimension });
    // Nobody asked for the slices that come by themselves: too many of them are left out.
    const report = by === undefined && isOfAll ? (reportBy('service') ?? reportBy('none')) : reportBy(by);
    if (!report) throw new ProblemException(TOO_MANY);
    return report;
  }
}

const withSlices = (body: object, slices: readonly string[]): string =>
  `${JSON.stringify(body).slice(0, -1)},"slices":[${slices.join(',')}]}`;

const editionOf = ({ benchmark }: MeasureQuery): Pick<AskedReport, 'benchmark'> => {
  if (benchmark === undefined) return {};
  const edition = editionNamed(benchmark);
  if (!edition) throw notFound(`There is no edition ${benchmark}; GET /v1/metrics/benchmarks lists them.`);
  return { benchmark: edition };
};

const SAID = ['team', 'region', 'releaseKind', 'changeModel', 'size', 'pattern', 'period', 'every'] as const;

const saidOf = (query: MeasureQuery): Readonly<Record<string, string>> =>
  Object.fromEntries(SAID.flatMap(field => (query[field] === undefined ? [] : [[field, query[field]]])));

/** What the log has will be shown; what it has not may never be. */
const notShown = (position: number, shown: number, head: number): ProblemException =>
  position > head
    ? new ProblemException({ status: 400, code: 'unknown-position', detail: `The log ends at ${head}.` })
    : new ProblemException({ ...BEHIND, detail: `Position ${position} is not shown yet, ${shown} is.` });

const BEHIND = { status: 503, code: 'view-behind', retryAfter: 1 } as const;
const TOO_MANY = {
  status: 400,
  code: 'too-many-slices',
  detail: `A report has at most ${MOST_SLICES} slices: ask for a shorter time, longer periods, or one service.`,
} as const;
const TOO_MUCH = {
  status: 400,
  code: 'too-many-records',
  detail:
    'All services together have more records than one figure is made of: ask for a team, an application or a service, or by=service and every=month.',
} as const;
const COUNTING = 'Figures are being counted again; try again.';
