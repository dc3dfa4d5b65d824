import { Choice, Optional, Pattern } from '@slipway/edge';
import { PickType } from '@nestjs/swagger';
import { MeasureQuery } from './metrics.query.dto.ts';

/** What is reported, over which time, and as what. */
export class DeliveryQuery extends MeasureQuery {
  /** Wins over `Accept`. */
  @Choice('json', 'csv', 'html')
  @Optional()
  readonly format?: string;
}

const EXECUTIVE = ['zone', 'team', 'application', 'environment', 'region', 'position', 'asOf', 'afterEvent'] as const;

/** Which month, of what. */
export class ExecutiveQuery extends PickType(MeasureQuery, EXECUTIVE) {
  /** Of the zone; the last one that is over when absent. */
  @Pattern(/^\d{4}-(?:0[1-9]|1[0-2])$/, '2026-03')
  @Optional()
  readonly month?: string;

  /** Wins over `Accept`. */
  @Choice('json', 'csv', 'html')
  @Optional()
  readonly format?: string;
}

const RELEASE = [
  ...(['zone', 'businessZone', 'businessHours', 'businessDays', 'holidays'] as const),
  ...(['position', 'asOf', 'afterEvent'] as const),
] as const;

/** By which clocks, and as of when. */
export class ReleaseReportQuery extends PickType(MeasureQuery, RELEASE) {
  /** Wins over `Accept`. */
  @Choice('json', 'html')
  @Optional()
  readonly format?: string;
}
