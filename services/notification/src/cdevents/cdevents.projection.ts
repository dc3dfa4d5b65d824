import { type Delivery, projection } from '@slipway/consumers';
import type { Message } from '@slipway/event-sourcing';
import { type Ask, asking } from '@slipway/service';
import type pg from 'pg';
import type { CdEvent } from './cdevent.ts';
import { factsOf, keysOf, learnedFrom, type Told } from './facts.ts';
import type { Facts } from './mapping.ts';
import { told } from './told.ts';

const KNOWN = 'SELECT key, facts FROM cdevents_known_v1 WHERE key = ANY ($1)';
const LEARN = `
  INSERT INTO cdevents_known_v1 (key, facts) SELECT * FROM unnest($1::text[], $2::jsonb[])
  ON CONFLICT (key) DO UPDATE SET facts = excluded.facts`;
const KEEP = `
  INSERT INTO cdevents_v1 (position, body) SELECT * FROM unnest($1::bigint[], $2::json[]) ON CONFLICT DO NOTHING`;

const look = async (ask: Ask, known: Map<string, Facts>, keys: Iterable<string>): Promise<void> => {
  const wanted = [...new Set(keys)].filter(key => !known.has(key));
  if (wanted.length === 0) return;
  for (const row of await ask<{ key: string; facts: Facts }>(KNOWN, [wanted])) known.set(row.key, row.facts);
};

const tell = async (events: readonly Delivery[], client: pg.ClientBase): Promise<void> => {
  const ask = asking(client);
  const batch = events as readonly Told[];
  const known = new Map<string, Facts>();
  // First the records themselves, then what they lead to.
  await look(
    ask,
    known,
    batch.map(({ stream }) => stream),
  );
  await look(
    ask,
    known,
    batch.flatMap(event => keysOf(event, known)),
  );
  const learned = new Map<string, Facts>();
  const out: (readonly [position: number, event: CdEvent])[] = [];
  for (const event of batch) {
    for (const [key, facts] of learnedFrom(event)) {
      known.set(key, facts);
      learned.set(key, facts);
    }
    const cdEvent = told(event, factsOf(event, known));
    if (cdEvent) out.push([event.position, cdEvent]);
  }
  if (learned.size > 0)
    await ask(LEARN, [[...learned.keys()], [...learned.values()].map(facts => JSON.stringify(facts))]);
  if (out.length > 0) await ask(KEEP, [out.map(([position]) => position), out.map(([, each]) => JSON.stringify(each))]);
};

/** Our events as CDEvents, at their places in the log: filled anew, they are the same. */
export const cdEventsCopy = projection<Message>({
  consumer: 'notification.cdevents',
  categories: ['service', 'environment', 'release', 'deployment', 'target', 'pipelineRun', 'incident'],
  tables: ['cdevents_known_v1', 'cdevents_v1'],
  applyAll: tell,
});
