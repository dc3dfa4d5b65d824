import type { Ask } from '@slipway/service';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { deliveryFactsAt, deliveryFactsSince, type Placed } from '../read/facts.query.ts';
import { type Records, recordsOf } from '../rows/ledger.ts';

/** To be raised with whatever makes other records of the same facts: what was folded otherwise is not read, but folded anew. */
export const FOLD = 1;

type Wanted = Readonly<{ serviceId: string; position: number; catalog: readonly Placed[] }>;
type Folded = Omit<Records, 'catalog'>;

/**
 * The records that the figures of a service follow from, as they were at a position: those that are kept, and in place of each
 * that something has happened to since, what its facts say.
 */
export const serviceRecordsAt = async (ask: Ask, { serviceId, position, catalog }: Wanted): Promise<Records> => {
  const kept = await keptRecords(ask, serviceId, position);
  if (!kept) return recordsOf([...catalog, ...(await deliveryFactsAt(ask, position, [serviceId]))]);
  return {
    ...foldedAgain(kept, await deliveryFactsSince(ask, position, serviceId)),
    catalog: recordsOf(catalog).catalog,
  };
};

const foldedAgain = (kept: Folded, facts: readonly Placed[]): Folded => {
  const anew = recordsOf(facts);
  const again = new Set(facts.map(({ stream }) => stream));
  const rows = <Row extends Readonly<{ id: string }>>(category: string, before: readonly Row[], now: readonly Row[]) =>
    [...before.filter(({ id }) => !again.has(`${category}-${id}`)), ...now].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    runs: rows('deployment', kept.runs, anew.runs),
    incidents: rows('incident', kept.incidents, anew.incidents),
    changes: rows('change', kept.changes, anew.changes),
    releases: rows('release', kept.releases, anew.releases),
  };
};

const KEPT = 'SELECT records FROM service_records_v1 WHERE service_id = $1 AND position <= $2 AND fold = $3';

const keptRecords = async (ask: Ask, serviceId: string, position: number): Promise<Folded | undefined> => {
  const [found] = await ask<{ records: Buffer }>(KEPT, [serviceId, position, FOLD]);
  return found && unpacked(found.records);
};

/** None when another version of the runtime wrote them in a way that this one does not know: they are folded anew then. */
const unpacked = async (records: Buffer): Promise<Folded | undefined> => {
  try {
    return deserialize(await promisify(inflateRaw)(records)) as Folded;
  } catch {
    return undefined;
  }
};

/** Quick rather than small. */
const LEVEL = 1;

/** As they are kept: every value as it is, what is absent too. */
export const packed = ({ runs, incidents, changes, releases }: Records): Promise<Buffer> => {
  const folded: Folded = { runs, incidents, changes, releases };
  return promisify<Buffer, { level: number }, Buffer>(deflateRaw)(serialize(folded), { level: LEVEL });
};

const KEEP = `
  INSERT INTO service_records_v1 (service_id, fold, position, records) VALUES ($1, $2, $3, $4)
  ON CONFLICT (service_id) DO UPDATE SET fold = excluded.fold, position = excluded.position, records = excluded.records`;

/** Takes the place of what was kept of the service. All that touched it up to the position can be forgotten with it, and only with it. */
export const keepRecords = async (ask: Ask, serviceId: string, position: number, records: Buffer): Promise<void> => {
  await ask(KEEP, [serviceId, FOLD, position, records]);
};
