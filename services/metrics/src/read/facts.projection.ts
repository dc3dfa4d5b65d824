import { type Delivery, projection } from '@slipway/consumers';
import { categoryOf } from '@slipway/event-sourcing';
import type pg from 'pg';
import { type Fact, factOf, kept, type MeasuredEvent } from '../definitions/facts.ts';

/** The service that a fact is about, where one stream is about one service. */
const serviceOf = (fact: Fact): string | undefined => {
  switch (fact.type) {
    case 'DeploymentRequested':
      return fact.data.production ? fact.data.target.serviceId : undefined;
    case 'ArtifactAttached':
      return fact.data.artifact.serviceId;
    case 'ArtifactDetached':
      return fact.data.serviceId;
    default:
      return undefined;
  }
};

const INSERT = `
  INSERT INTO facts_v1 (stream, version, position, category, type, service_id, data)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (stream, version) DO NOTHING`;

export const keepFact = async (event: Delivery, client: pg.ClientBase): Promise<void> => {
  const fact = factOf(event);
  if (!fact) return;
  const { stream, version, type, data } = fact;
  await client.query(INSERT, [
    stream,
    version,
    event.position,
    categoryOf(stream),
    type,
    serviceOf(fact) ?? null,
    JSON.stringify(data),
  ]);
};

/** Every fact as it came: what follows from them is worked out when it is asked, so that a late one is no special case. */
export const facts = projection<MeasuredEvent>({
  consumer: 'metrics.facts',
  categories: ['service', 'environment', 'release', 'deployment', 'incident'],
  handlers: Object.fromEntries(Object.keys(kept).map(type => [type, keepFact])),
});
