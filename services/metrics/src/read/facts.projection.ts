import { type Delivery, projection } from '@slipway/consumers';
import { categoryOf } from '@slipway/event-sourcing';
import type pg from 'pg';
import { type Fact, factOf, type MeasuredEvent } from '../facts/facts.ts';

/** The service that a fact is about, where one stream is about one service. */
const serviceOf = (fact: Fact): string | undefined => {
  switch (fact.type) {
    case 'DeploymentRequested':
      return fact.data.production ? fact.data.target.serviceId : undefined;
    case 'DeploymentImported':
      return fact.data.production ? fact.data.serviceId : undefined;
    case 'ArtifactAttached':
      return fact.data.artifact.serviceId;
    case 'ArtifactDetached':
      return fact.data.serviceId;
    default:
      return undefined;
  }
};

const KEEP = `
  INSERT INTO facts_v2 (stream, version, position, category, type, service_id, data)
  SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::jsonb[])
  ON CONFLICT (stream, version) DO NOTHING`;

export const keepFacts = async (events: readonly Delivery[], client: pg.ClientBase): Promise<void> => {
  const found = events.flatMap(event => {
    const fact = factOf(event);
    return fact ? [{ fact, position: event.position }] : [];
  });
  if (found.length === 0) return;
  const facts = found.map(({ fact }) => fact);
  await client.query(KEEP, [
    facts.map(({ stream }) => stream),
    facts.map(({ version }) => version),
    found.map(({ position }) => position),
    facts.map(({ stream }) => categoryOf(stream)),
    facts.map(({ type }) => type),
    facts.map(fact => serviceOf(fact) ?? null),
    facts.map(({ data }) => JSON.stringify(data)),
  ]);
};

/** Every fact as it came: what follows from them is worked out when it is asked, so that a late one is no special case. */
export const facts = projection<MeasuredEvent>({
  consumer: 'metrics.facts-2',
  categories: ['service', 'application', 'environment', 'release', 'change', 'deployment', 'incident'],
  tables: ['facts_v2'],
  independent: true,
  applyAll: keepFacts,
});
