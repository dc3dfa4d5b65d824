import type { RetentionClass } from '@slipway/contracts';
import type { DataSource } from 'typeorm';

const UNTIL = `
  SELECT act.class, max(act.latest_at + make_interval(years => kept.years)) AS until
  FROM retained_acts_v1 AS act JOIN unnest($2::text[], $3::int[]) AS kept (class, years) ON kept.class = act.class
  WHERE act.person = ANY ($1) GROUP BY 1 ORDER BY 1`;

type Row = Readonly<{ class: RetentionClass; until: Date }>;

/** Until when somebody's acts of each class have to be accounted for: also what is over. */
export const retainedUntil = async (
  source: DataSource,
  pseudonyms: readonly string[],
  years: Readonly<Record<RetentionClass, number>>,
): Promise<readonly Readonly<{ class: RetentionClass; until: string }>[]> => {
  const rows = await source.query<readonly Row[]>(UNTIL, [pseudonyms, Object.keys(years), Object.values(years)]);
  return rows.map(({ until, ...act }) => ({ class: act.class, until: until.toISOString() }));
};
