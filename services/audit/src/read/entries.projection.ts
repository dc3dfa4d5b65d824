import { type Delivery, projection } from '@slipway/consumers';
import { categories } from '@slipway/contracts';
import { idOf, type Stamp } from '@slipway/event-sourcing';
import type pg from 'pg';
import { referencesIn } from '../trail/references.ts';

const ENTRIES = `
  INSERT INTO entries_v1 (position, stream, record_id, version, event_id, type, actor, recorded_at, causation_id, correlation_id, data)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::int[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[],
    $9::text[], $10::text[], $11::json[])
  ON CONFLICT (position) DO NOTHING`;

const REFERENCES = `
  INSERT INTO references_v1 (position, stream, refers_to, meaning)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[])
  ON CONFLICT (position, refers_to) DO NOTHING`;

const keepEntries = async (events: readonly Delivery[], client: pg.ClientBase): Promise<void> => {
  const stamps = events.map(({ data }) => data as Stamp);
  await client.query(ENTRIES, [
    events.map(({ position }) => position),
    events.map(({ stream }) => stream),
    events.map(({ stream }) => idOf(stream)),
    events.map(({ version }) => version),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    stamps.map(({ actor }) => actor),
    stamps.map(({ recordedAt }) => recordedAt),
    events.map(({ causationId }) => causationId ?? null),
    events.map(({ correlationId }) => correlationId),
    events.map(({ data }) => JSON.stringify(data)),
  ]);
  await keepReferences(events.flatMap(referencesOf), client);
};

type Reference = Readonly<{ position: number; stream: string; to: string; meaning: string }>;

/** To other records: who did it and when it was recorded are no references. */
const referencesOf = ({ position, stream, type, data }: Delivery): readonly Reference[] => {
  const { actor: _, onBehalfOf: __, recordedAt: ___, ...facts } = data as Stamp;
  const found = referencesIn({ type, data: facts }).filter(({ to }) => to !== stream);
  return found.map(({ to, meaning }) => ({ position, stream, to, meaning }));
};

const keepReferences = async (found: readonly Reference[], client: pg.ClientBase): Promise<void> => {
  if (found.length === 0) return;
  await client.query(REFERENCES, [
    found.map(({ position }) => position),
    found.map(({ stream }) => stream),
    found.map(({ to }) => to),
    found.map(({ meaning }) => meaning),
  ]);
};

/** Every event of every category: a category that is new to contracts is here without another line. */
export const entries = projection({
  consumer: 'audit.entries',
  categories: categories.map(({ name }) => name),
  tables: ['entries_v1', 'references_v1'],
  independent: true,
  applyAll: keepEntries,
});
