import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, type Asked, AskedBy, notFound, Permission, Refuses, Report, Unscoped } from '@slipway/edge';
import { Service } from '@slipway/service';
import { editions } from '../benchmarks/editions.ts';
import { definitionOf, definitions } from '../measures/index.ts';
import { facts } from '../read/facts.projection.ts';
import { MOST_SLICES } from '../report/delivery-report.ts';
import { remediationsOf, RULES } from '../report/remediations.ts';
import { DefinitionsDto, DeliveryReportDto, EditionsDto, HotfixesDto } from './metrics.dto.ts';
import { MeasureQuery, RemediationsQuery } from './metrics.query.dto.ts';
import { Reporting } from './reporting.ts';

@Controller('v1')
@ApiTags('metrics')
export class MetricsController {
  constructor(
    private readonly service: Service,
    private readonly reporting: Reporting,
  ) {}

  @Get('metrics/definitions')
  @ApiOperation({ summary: 'What each measure means, by version.' })
  @Permission('metrics:read')
  @Unscoped()
  @Answers(200, DefinitionsDto)
  definitions(): DefinitionsDto {
    return {
      definitions: definitions.map(({ measure, version, title, text, source, series, earlier = [] }) => ({
        measure,
        version,
        title,
        text,
        source,
        series,
        earlier,
      })),
    };
  }

  @Get('metrics/benchmarks')
  @ApiOperation({ summary: 'Surveys that a figure can be shown beside, as they were published.' })
  @Permission('metrics:read')
  @Unscoped()
  @Answers(200, EditionsDto)
  benchmarks(): EditionsDto {
    return { editions } as unknown as EditionsDto;
  }

  @Get('metrics/remediations')
  @Refuses(404)
  @ApiOperation({ summary: 'Hotfixes, what they mend by what people said, and what rules propose.' })
  @Permission('metrics:read')
  @Answers(200, HotfixesDto)
  async remediations(@AskedBy() asked: Asked, @Query() query: RemediationsQuery): Promise<Report> {
    const position = await this.service.positionShown(facts.consumer, query.afterEvent);
    const { ledger, scope } = await this.reporting.known(asked, query, position);
    const items = remediationsOf(ledger)
      .filter(({ serviceId }) => scope.scope.serviceIds?.includes(serviceId) ?? true)
      .filter(({ proposed, said }) => query.open !== true || (proposed.length > 0 && said.length === 0))
      .slice(0, MOST_SLICES);
    return new Report({ rules: RULES, position, items }, position);
  }

  @Get('metrics/:measure')
  @ApiOperation({ summary: 'One measure of a service, or of all in a blend, over a period.' })
  @Permission('metrics:read')
  @Answers(200, DeliveryReportDto)
  one(@AskedBy() asked: Asked, @Param('measure') measure: string, @Query() query: MeasureQuery): Promise<Report> {
    const definition = definitionOf(measure);
    if (!definition) throw notFound(`There is no measure ${measure}; GET /v1/metrics/definitions lists them.`);
    return this.reporting.report(asked, [definition], query);
  }
}
