import { type Delivery, projection } from '@slipway/consumers';
import { categories } from '@slipway/contracts';
import { idOf, type Stamp } from '@slipway/event-sourcing';
import type pg from 'pg';
import { referencesIn } from '../trail/references.ts';

const ENTRY = `
  INSERT INTO entries_v1 (position, stream, record_id, version, event_id, type, actor, recorded_at, causation_id, correlation_id, data)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (position) DO NOTHING`;

const REFERENCES = `
  INSERT INTO references_v1 (position, stream, refers_to, meaning)
  SELECT $1, $2, refers_to, meaning FROM unnest($3::text[], $4::text[]) AS found (refers_to, meaning)
  ON CONFLICT (position, refers_to) DO NOTHING`;

export const keepEntry = async (event: Delivery, client: pg.ClientBase): Promise<void> => {
  const { position, stream, version, id, type, data, causationId, correlationId } = event;
  const { actor, onBehalfOf: _, recordedAt, ...facts } = data as Stamp;
  await client.query(ENTRY, [
    position,
    stream,
    idOf(stream),
    version,
    id,
    type,
    actor,
    recordedAt,
    causationId ?? null,
    correlationId,
    JSON.stringify(data),
  ]);
  const references = referencesIn({ type, data: facts }).filter(({ to }) => to !== stream);
  await client.query(REFERENCES, [
    position,
    stream,
    references.map(({ to }) => to),
    references.map(({ meaning }) => meaning),
  ]);
};

/** Every event of every category: a category that is new to contracts is here without another line. */
export const entries = projection({
  consumer: 'audit.entries',
  categories: categories.map(({ name }) => name),
  handlers: {},
  otherwise: keepEntry,
});
