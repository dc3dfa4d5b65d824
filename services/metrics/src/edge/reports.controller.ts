import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Answers, type Asked, AskedBy, Permission, Refuses, Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { Request, Response } from 'express';
import { definitions } from '../measures/index.ts';
import { deliveryPage } from '../pages/delivery.page.ts';
import { executivePage } from '../pages/executive.page.ts';
import { releasePage } from '../pages/release.page.ts';
import type { AnsweredReport } from '../report/answered.ts';
import { reportCsv } from '../report/csv.ts';
import { executiveCsv } from '../report/executive-csv.ts';
import { DeliveryReportDto } from './metrics.dto.ts';
import { Reporting } from './reporting.ts';
import { ExecutiveReportDto, ReleaseSummaryDto } from './reports.dto.ts';
import { executiveFor } from './reports.executive.ts';
import { asText, formOf } from './reports.form.ts';
import { DeliveryQuery, ExecutiveQuery, ReleaseReportQuery } from './reports.query.dto.ts';
import { releaseFor } from './reports.release.ts';

const NOT_MODIFIED = { status: 304, description: 'The text is the one that `If-None-Match` names.' } as const;

/** Figures for people to read: as pages, as tables for a spreadsheet, and for machines. */
@Controller('v1/reports')
@ApiTags('metrics')
export class ReportsController {
  constructor(
    private readonly service: Service,
    private readonly reporting: Reporting,
  ) {}

  @Get('delivery')
  @Refuses(404, 406)
  @ApiOperation({ summary: 'Every delivery measure of a service, or of all in a blend and each, over a period.' })
  @Permission('metrics:read')
  @Answers(200, DeliveryReportDto, 'text/csv', 'text/html')
  @ApiResponse(NOT_MODIFIED)
  async delivery(
    @AskedBy() asked: Asked,
    @Query() { format, ...query }: DeliveryQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Report | string> {
    const form = formOf(format, ['json', 'csv', 'html'], request, response);
    const report = await this.reporting.report(asked, definitions, query);
    const { position } = report;
    if (form === 'json') return report;
    const body = report.body as AnsweredReport;
    const text = form === 'csv' ? reportCsv(body) : deliveryPage(body, besides(query));
    return asText(text, form, position, response);
  }

  @Get('executive')
  @Refuses(404, 406)
  @ApiOperation({
    summary: 'A month for whoever decides: figures, twelve months, teams, services, and what gates might ask for.',
  })
  @Permission('metrics:read')
  @Answers(200, ExecutiveReportDto, 'text/csv', 'text/html')
  @ApiResponse(NOT_MODIFIED)
  async executive(
    @AskedBy() asked: Asked,
    @Query() query: ExecutiveQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Report | string> {
    const form = formOf(query.format, ['json', 'csv', 'html'], request, response);
    const report = await executiveFor(this.reporting, asked, query, Date.now());
    const { position } = report;
    if (form === 'csv') return asText(executiveCsv(report), form, position, response);
    return form === 'html' ? asText(executivePage(report), form, position, response) : new Report(report, position);
  }

  @Get('releases/:id')
  @Refuses(406)
  @ApiOperation({ summary: 'What became of a release: where and when it went out, approvals, failures, incidents.' })
  @Permission('metrics:read')
  @Answers(200, ReleaseSummaryDto, 'text/html')
  @ApiResponse(NOT_MODIFIED)
  async release(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Query() query: ReleaseReportQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Report | string> {
    const form = formOf(query.format, ['json', 'html'], request, response);
    const release = await releaseFor({ service: this.service, reporting: this.reporting }, asked, id, query);
    const { position } = release;
    return form === 'html' ? asText(releasePage(release), form, position, response) : new Report(release, position);
  }
}

const BUSINESS = ['businessZone', 'businessHours', 'businessDays', 'holidays'] as const;

/** What a report does not say of how it was asked, and whoever opens a figure has to ask again. */
const besides = (query: Readonly<{ [Name in (typeof BUSINESS)[number]]?: string }>): Readonly<Record<string, string>> =>
  Object.fromEntries(BUSINESS.flatMap(name => (query[name] === undefined ? [] : [[name, query[name]]])));
