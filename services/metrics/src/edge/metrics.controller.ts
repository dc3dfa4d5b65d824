import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, notFound, Permission, ProblemException, Refuses, Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { Definition } from '../definitions/definition.ts';
import type { Period } from '../definitions/figure.ts';
import { definitionOf, definitions } from '../definitions/index.ts';
import { knownOf } from '../definitions/known.ts';
import { factsAt, type Named, named } from '../read/facts.query.ts';
import { facts } from '../read/facts.projection.ts';
import { type DefinitionDto, DefinitionsDto, DeliveryReportDto, MeasureQuery } from './metrics.dto.ts';

const DAY = 86_400_000;
const LONGEST = 3_660 * DAY;

@Controller('v1')
@ApiTags('metrics')
export class MetricsController {
  constructor(private readonly service: Service) {}

  @Get('metrics/definitions')
  @ApiOperation({ summary: 'What each measure means, by version.' })
  @Permission('metrics:read')
  @Answers(200, DefinitionsDto)
  definitions(): DefinitionsDto {
    return { definitions: definitions.map(described) };
  }

  @Get('metrics/:measure')
  @ApiOperation({ summary: 'One measure of a service, or of all in a blend, over a period.' })
  @Permission('metrics:read')
  @Answers(200, DeliveryReportDto)
  one(@Param('measure') measure: string, @Query() query: MeasureQuery): Promise<Report> {
    const definition = definitionOf(measure);
    if (!definition) throw notFound(`There is no measure ${measure}; GET /v1/metrics/definitions lists them.`);
    return this.report([definition], query);
  }

  @Get('reports/delivery')
  @Refuses(404)
  @ApiOperation({ summary: 'Every delivery measure of a service, or of all in a blend, over a period.' })
  @Permission('metrics:read')
  @Answers(200, DeliveryReportDto)
  delivery(@Query() query: MeasureQuery): Promise<Report> {
    return this.report(definitions, query);
  }

  private async report(of: readonly Definition[], query: MeasureQuery): Promise<Report> {
    const period = periodOf(query, Date.now());
    const shown = await this.service.positionShown(facts.consumer, query.afterEvent);
    const position = query.position ?? shown;
    if (position > shown) throw notShown(position, shown, await this.service.store.head());
    const { dataSource } = this.service;
    const one = await this.named('service', query.service, position);
    const environment = await this.named('environment', query.environment, position);
    const scope = { ...(one && { serviceId: one.id }), ...(environment && { environmentId: environment.id }) };
    const known = knownOf(await factsAt(dataSource, position, scope), scope);
    const body: DeliveryReportDto = {
      ...(one && { service: one }),
      ...(environment && { environment }),
      blend: one === undefined,
      from: new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
      zone: 'UTC',
      position,
      measures: of.map(({ measure, version, title, figures }) => ({
        measure,
        definition: version,
        title,
        figures: [...figures(known, period)] as DeliveryReportDto['measures'][number]['figures'],
      })),
    };
    return new Report(body, position);
  }

  private async named(
    category: 'service' | 'environment',
    idOrName: string | undefined,
    position: number,
  ): Promise<Named | undefined> {
    if (idOrName === undefined) return undefined;
    const found = await named(this.service.dataSource, category, idOrName, position);
    if (!found) throw notFound(`There is no ${category} ${idOrName}.`);
    return found;
  }
}

const described = ({ measure, version, title, text, source, series }: Definition): DefinitionDto => ({
  measure,
  version,
  title,
  text,
  source,
  series,
});

/** What the log has will be shown; what it has not may never be. */
const notShown = (position: number, shown: number, head: number): ProblemException =>
  position > head
    ? new ProblemException({ status: 400, code: 'unknown-position', detail: `The log ends at ${head}.` })
    : new ProblemException({ ...BEHIND, detail: `Position ${position} is not shown yet, ${shown} is.` });

const BEHIND = { status: 503, code: 'view-behind', retryAfter: 1 } as const;

const periodOf = (query: MeasureQuery, now: number): Period => {
  const to = query.to === undefined ? now : Date.parse(query.to);
  const from = query.from === undefined ? to - 30 * DAY : Date.parse(query.from);
  if (from < to && to - from <= LONGEST) return { from, to, now: Math.min(now, to) };
  const detail = from < to ? 'A period is at most ten years long.' : 'from must be before to.';
  throw new ProblemException({ status: 400, code: 'invalid-period', detail });
};
