import { Injectable } from '@nestjs/common';
import { type Asked, notFound, ProblemException, Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import { editionNamed } from '../benchmarks/editions.ts';
import type { Fact } from '../facts/facts.ts';
import type { Definition } from '../measures/definition.ts';
import type { Unit } from '../periods/calendar.ts';
import { facts } from '../read/facts.projection.ts';
import { catalogFactsAt, deliveryFactsAt } from '../read/facts.query.ts';
import { deliveryReport, MOST_SLICES } from '../report/delivery-report.ts';
import type { Dimension } from '../report/slices.ts';
import { catalogOf } from '../rows/catalog.ts';
import { type Ledger, ledgerOf, recordsOf } from '../rows/ledger.ts';
import { periodOf } from './asked-period.ts';
import { type AskedScope, placesOf, scopeOf } from './asked-scope.ts';
import type { MeasureQuery, RemediationsQuery } from './metrics.query.dto.ts';

/** Makes reports of what is known at a position, for whoever may see it. */
@Injectable()
export class Reporting {
  constructor(private readonly service: Service) {}

  /** What a query asks of some measures, or of all. 404 for what the catalog does not know, 403 outside of the asker's grants. */
  async report(asked: Asked, of: readonly Definition[], query: MeasureQuery): Promise<Report> {
    const { period, unit } = periodOf(query, Date.now());
    const benchmark = query.benchmark === undefined ? undefined : editionNamed(query.benchmark);
    if (query.benchmark !== undefined && !benchmark)
      throw notFound(`There is no edition ${query.benchmark}; GET /v1/metrics/benchmarks lists them.`);
    const position = await this.positionOf(query);
    const { ledger, scope: about } = await this.known(asked, query, position);
    const { scope, ...named } = about;
    const reportBy = (by: string | undefined) =>
      deliveryReport(ledger, {
        definitions: of,
        scope,
        period,
        compare: query.compare ?? false,
        members: query.members ?? false,
        ...(unit && { unit }),
        ...(by !== undefined && by !== 'none' && { by: by as Dimension }),
        ...(query.every !== undefined && { every: query.every as Unit }),
        ...(benchmark && { benchmark }),
      });
    // Nobody asked for the slices that come by themselves: too many of them are left out.
    const report =
      query.by === undefined && scope.serviceIds === undefined
        ? (reportBy('service') ?? reportBy('none'))
        : reportBy(query.by);
    if (!report) throw new ProblemException(TOO_MANY);
    const { from, to } = period;
    const asIs = { ...named, ...saidOf(query), from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    return new Report({ ...asIs, zone: period.zone, position, ...report }, position);
  }

  /** The log position that is answered for: what the view shows, or what was asked for, when that is shown. */
  async positionOf({ afterEvent, position }: Pick<MeasureQuery, 'afterEvent' | 'position'>): Promise<number> {
    const shown = await this.service.positionShown(facts.consumer, afterEvent);
    if (position === undefined || position <= shown) return position ?? shown;
    throw notShown(position, shown, await this.service.store.head());
  }

  /** What was known at a position, of what is asked about. 403 unless the asker reaches all of it. */
  async known(
    asked: Asked,
    query: MeasureQuery | RemediationsQuery,
    position: number,
  ): Promise<Readonly<{ ledger: Ledger; scope: AskedScope }>> {
    const { dataSource } = this.service;
    const ofCatalog: readonly Fact[] = await catalogFactsAt(dataSource, position);
    const scope = scopeOf(query as MeasureQuery, catalogOf(ofCatalog));
    for (const place of placesOf(scope.scope)) this.service.permit(asked, [place]);
    const told = await deliveryFactsAt(dataSource, position, scope.scope.serviceIds);
    return { ledger: ledgerOf(recordsOf([...ofCatalog, ...told])), scope };
  }
}

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
