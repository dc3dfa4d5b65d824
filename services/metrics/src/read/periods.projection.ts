import type { Delivery } from '@slipway/consumers';
import type { ReportingPeriodEvent } from '@slipway/contracts';
import type pg from 'pg';

type Of<Type extends ReportingPeriodEvent['type']> = Delivery<Extract<ReportingPeriodEvent, { type: Type }>>;

const CLOSED = `
  INSERT INTO closed_periods_v1 (period, zone, from_at, to_at, provisional_days, closed_at, position)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`;
const RESTATED = `
  INSERT INTO restatements_v1 (id, period, position, restated_at, correction, from_position, through_position, causes,
    cause_count, figures, figure_count, service_ids)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`;

/** Which periods are closed since when, and what was restated: few events, one after the other. */
export const keepPeriods = async (
  events: readonly Delivery<ReportingPeriodEvent>[],
  client: pg.ClientBase,
): Promise<void> => {
  for (const event of events)
    if (event.type === 'ReportingPeriodClosed') await closed(event as Of<'ReportingPeriodClosed'>, client);
    else if (event.type === 'FiguresRestated') await restated(event as Of<'FiguresRestated'>, client);
};

const closed = ({ data, position }: Of<'ReportingPeriodClosed'>, client: pg.ClientBase): Promise<unknown> =>
  client.query(CLOSED, [data.period, data.zone, data.from, data.to, data.provisionalDays, data.recordedAt, position]);

const restated = ({ id, data, position }: Of<'FiguresRestated'>, client: pg.ClientBase): Promise<unknown> =>
  client.query(RESTATED, [
    id,
    data.period,
    position,
    data.recordedAt,
    JSON.stringify(data.correction),
    data.from,
    data.through,
    JSON.stringify(data.causes),
    data.causeCount,
    JSON.stringify(data.figures),
    data.figureCount,
    [...new Set(data.figures.map(({ serviceId }) => serviceId))].sort(),
  ]);
