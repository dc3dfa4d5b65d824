import { type Delivery, projection } from '@slipway/consumers';
import type { ReportingPeriodEvent } from '@slipway/contracts';
import { categoryOf } from '@slipway/event-sourcing';
import type pg from 'pg';
import { type Fact, factOf, type MeasuredEvent } from '../facts/facts.ts';
import { mentionedIn, serviceOf, subjectsOf } from '../facts/references.ts';
import { keepPeriods } from './periods.projection.ts';
import { keepTouches } from './touches.projection.ts';

export type Kept = Readonly<{ fact: Fact; event: Delivery }>;

const KEEP = `
  INSERT INTO facts_v3 (stream, version, position, category, type, service_id, data)
  SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::jsonb[])
  ON CONFLICT (stream, version) DO NOTHING`;
const SUBJECTS = `
  INSERT INTO subjects_v1 (stream, service_id) SELECT DISTINCT * FROM unnest($1::text[], $2::text[])
  ON CONFLICT DO NOTHING`;
const MENTIONS = `
  INSERT INTO mentions_v1 (stream, mentioned) SELECT DISTINCT * FROM unnest($1::text[], $2::text[])
  ON CONFLICT DO NOTHING`;
const DAYS = `
  INSERT INTO imported_days_v1 AS known (day, recorded_at)
  SELECT day, max(recorded_at) FROM unnest($1::date[], $2::timestamptz[]) AS at (day, recorded_at) GROUP BY day
  ON CONFLICT (day) DO UPDATE SET recorded_at = greatest(known.recorded_at, excluded.recorded_at)`;

/** What is kept of facts depends on each of them alone: any order, duplicates and batches give the same rows. */
export const keepFacts = async (kept: readonly Kept[], client: pg.ClientBase): Promise<void> => {
  if (kept.length === 0) return;
  const facts = kept.map(({ fact }) => fact);
  await client.query(KEEP, [
    facts.map(({ stream }) => stream),
    facts.map(({ version }) => version),
    kept.map(({ event }) => event.position),
    facts.map(({ stream }) => categoryOf(stream)),
    facts.map(({ type }) => type),
    facts.map(fact => serviceOf(fact) ?? null),
    facts.map(({ data }) => JSON.stringify(data)),
  ]);
  await keepPairs(client, SUBJECTS, facts, subjectsOf);
  await keepPairs(client, MENTIONS, facts, mentionedIn);
  const imported = facts.filter(({ type }) => type.endsWith('Imported'));
  if (imported.length > 0)
    await client.query(DAYS, [
      imported.map(({ data }) => data.occurredAt.slice(0, 10)),
      imported.map(({ data }) => data.recordedAt),
    ]);
};

const keepPairs = async (
  client: pg.ClientBase,
  statement: string,
  facts: readonly Fact[],
  namedIn: (fact: Fact) => readonly string[],
): Promise<void> => {
  const pairs = facts.flatMap(fact => namedIn(fact).map(named => [fact.stream, named] as const));
  if (pairs.length > 0)
    await client.query(statement, [pairs.map(([stream]) => stream), pairs.map(([, named]) => named)]);
};

/** Every fact as it came, in the order of the log: what a position shows is what the log says up to it, and nothing else. */
export const facts = projection<MeasuredEvent | ReportingPeriodEvent>({
  consumer: 'metrics.facts-3',
  categories: [
    'service',
    'application',
    'environment',
    'release',
    'change',
    'deployment',
    'incident',
    'reportingPeriod',
  ],
  tables: ['facts_v3', 'subjects_v1', 'mentions_v1', 'imported_days_v1', 'closed_periods_v1', 'restatements_v1'],
  alsoWrites: ['touches_v1'],
  independent: true,
  applyAll: async (events, client) => {
    const kept = events.flatMap(event => {
      const fact = factOf(event);
      return fact ? [{ fact, event }] : [];
    });
    await keepFacts(kept, client);
    await keepTouches(kept, client);
    await keepPeriods(events as readonly Delivery<ReportingPeriodEvent>[], client);
  },
});
