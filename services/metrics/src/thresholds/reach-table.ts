import type pg from 'pg';
import type { Fact } from '../facts/facts.ts';
import { NO_REACH, type Reach, reachAfter } from './reach.ts';

type Row = Readonly<{
  stream: string;
  serviceIds: readonly string[];
  named: readonly string[];
  name: string | null;
  ownerTeam: string | null;
}>;

const COLUMNS = 'stream, service_ids AS "serviceIds", named, name, owner_team AS "ownerTeam"';
const OF = `SELECT ${COLUMNS} FROM threshold_reach_v1 WHERE stream = ANY ($1)`;
const APPLICATIONS = `
  SELECT ${COLUMNS} FROM threshold_reach_v1
  WHERE name IS NOT NULL AND stream LIKE 'application-%' AND service_ids && $1`;
const KEEP = `
  INSERT INTO threshold_reach_v1 (stream, service_ids, named, name, owner_team)
  SELECT stream, ARRAY (SELECT jsonb_array_elements_text(service_ids)), ARRAY (SELECT jsonb_array_elements_text(named)), name, owner_team
  FROM unnest($1::text[], $2::jsonb[], $3::jsonb[], $4::text[], $5::text[])
    AS kept (stream, service_ids, named, name, owner_team)
  ON CONFLICT (stream) DO UPDATE
  SET service_ids = excluded.service_ids, named = excluded.named, name = excluded.name, owner_team = excluded.owner_team`;

/** The services that each stream of a batch says something of: its own, and those of the deployments that it names. */
export const servicesReached = async (
  client: pg.ClientBase,
  facts: readonly Fact[],
): Promise<(stream: string) => readonly string[]> => {
  const reaches = new Map(await reachesOf(client, [...new Set(facts.map(({ stream }) => stream))]));
  const changed = new Set<string>();
  for (const fact of facts) {
    const before = reaches.get(fact.stream) ?? NO_REACH;
    const after = reachAfter(before, fact);
    if (after.serviceIds === before.serviceIds && after.named === before.named) continue;
    reaches.set(fact.stream, after);
    changed.add(fact.stream);
  }
  await keep(
    client,
    [...changed].map(stream => [stream, reaches.get(stream) ?? NO_REACH] as const),
  );
  const named = [...reaches.values()].flatMap(reach => reach.named).filter(stream => !reaches.has(stream));
  for (const [stream, reach] of await reachesOf(client, [...new Set(named)])) reaches.set(stream, reach);
  const own = (stream: string): readonly string[] => reaches.get(stream)?.serviceIds ?? [];
  return stream => [...new Set([...own(stream), ...(reaches.get(stream)?.named ?? []).flatMap(own)])];
};

/** What a threshold may be about that has these services: by kind and id. */
export const aboutsOf = async (
  client: pg.ClientBase,
  serviceIds: readonly string[],
): Promise<(serviceId: string) => readonly string[]> => {
  const services = await reachesOf(
    client,
    serviceIds.map(id => `service-${id}`),
  );
  const { rows } = await client.query<Row>(APPLICATIONS, [serviceIds]);
  return id => {
    const team = services.get(`service-${id}`)?.ownerTeam;
    const applications = rows.filter(row => row.serviceIds.includes(id)).map(({ stream }) => stream);
    return [`service-${id}`, ...(team === undefined ? [] : [`team-${team}`]), ...applications];
  };
};

const reachesOf = async (client: pg.ClientBase, streams: readonly string[]): Promise<ReadonlyMap<string, Reach>> => {
  if (streams.length === 0) return new Map();
  const { rows } = await client.query<Row>(OF, [streams]);
  return new Map(
    rows.map(({ stream, serviceIds, named, name, ownerTeam }) => [
      stream,
      { serviceIds, named, ...(name !== null && { name }), ...(ownerTeam !== null && { ownerTeam }) },
    ]),
  );
};

const keep = async (client: pg.ClientBase, kept: readonly (readonly [string, Reach])[]): Promise<void> => {
  if (kept.length === 0) return;
  await client.query(KEEP, [
    kept.map(([stream]) => stream),
    kept.map(([, { serviceIds }]) => JSON.stringify(serviceIds)),
    kept.map(([, { named }]) => JSON.stringify(named)),
    kept.map(([, { name = null }]) => name),
    kept.map(([, { ownerTeam = null }]) => ownerTeam),
  ]);
};
