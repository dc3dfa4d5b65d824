import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, type Asked, AskedBy, type Listing, Lists, Permission, type Report } from '@slipway/edge';
import { askingThrough, Service } from '@slipway/service';
import { reportingCalendarIn } from '../kept/reporting-calendar.ts';
import { facts } from '../read/facts.projection.ts';
import { closedPeriods, keptPeriods } from '../read/periods.query.ts';
import { listRestatements } from '../read/restatements.query.ts';
import { periodsShown } from '../restatements/periods-shown.ts';
import {
  ListRestatementsQuery,
  ReportingPeriodsDto,
  ReportingPeriodsQuery,
  RestatementDto,
} from './reporting-periods.dto.ts';

const EVERYWHERE = { serviceId: '*', environmentId: '*' };

/** Which periods hold, and what was restated of them since. */
@Controller('v1')
@ApiTags('metrics')
export class ReportingPeriodsController {
  private readonly calendar = reportingCalendarIn(process.env);

  constructor(private readonly service: Service) {}

  @Get('reporting-periods')
  @Permission('metrics:read')
  @ApiOperation({ summary: 'The months of the reporting zone: open, provisional until when, or closed since when' })
  @Answers(200, ReportingPeriodsDto)
  periods(@AskedBy() asked: Asked, @Query() query: ReportingPeriodsQuery): Promise<Report> {
    this.service.permit(asked, [EVERYWHERE]);
    const ask = askingThrough(this.service.dataSource);
    const { zone } = this.calendar;
    return this.service.report(facts.consumer, query.afterEvent, async () => {
      const [kept, closed] = [await keptPeriods(ask, zone), await closedPeriods(ask, zone)];
      return { zone, items: periodsShown(kept, closed, this.calendar, Date.now()) };
    });
  }

  @Get('restatements')
  @Permission('metrics:read')
  @ApiOperation({
    summary:
      'Corrections that changed figures of closed periods, the last first: old, new, and the events that caused it',
  })
  @Lists(RestatementDto)
  restatements(@AskedBy() asked: Asked, @Query() query: ListRestatementsQuery): Promise<Listing> {
    this.service.permit(asked, [
      query.service === undefined ? EVERYWHERE : { ...EVERYWHERE, serviceId: query.service },
    ]);
    return this.service.list(facts.consumer, query, page =>
      listRestatements(askingThrough(this.service.dataSource), query, page),
    );
  }
}
