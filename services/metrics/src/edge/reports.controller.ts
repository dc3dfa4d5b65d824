import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, type Asked, AskedBy, Permission, Refuses, type Report } from '@slipway/edge';
import { definitions } from '../measures/index.ts';
import { DeliveryReportDto } from './metrics.dto.ts';
import { MeasureQuery } from './metrics.query.dto.ts';
import { Reporting } from './reporting.ts';

@Controller('v1/reports')
@ApiTags('metrics')
export class ReportsController {
  constructor(private readonly reporting: Reporting) {}

  @Get('delivery')
  @Refuses(404)
  @ApiOperation({ summary: 'Every delivery measure of a service, or of all in a blend and each, over a period.' })
  @Permission('metrics:read')
  @Answers(200, DeliveryReportDto)
  delivery(@AskedBy() asked: Asked, @Query() query: MeasureQuery): Promise<Report> {
    return this.reporting.report(asked, definitions, query);
  }
}
