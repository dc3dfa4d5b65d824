import { eventTypes } from '@slipway/contracts';
import type pg from 'pg';
import { parkStream, queueBehind } from './parked.ts';
import type { Delivery, Subscription } from './subscription.ts';
import { triage } from './triage.ts';
import type { Concerned } from './watermark.ts';

export const knownToContracts = (type: string): boolean => eventTypes.has(type);

/** Gives events their effect in the caller's transaction, but for those that wait or are skipped. Answers those that had it. */
export const giveEffect = async (
  client: pg.ClientBase,
  { consumer, knows = knownToContracts, apply }: Subscription,
  events: readonly Delivery[],
  concerned: Concerned,
): Promise<readonly Delivery[]> => {
  const { live, toPark, waiting } = triage(events, { ...concerned, knows });
  for (const [stream, type] of toPark)
    await parkStream(client, consumer, stream, { cause: 'unknown-type', error: `unknown type ${type}`, attempts: 0 });
  await queueBehind(client, consumer, waiting);
  if (live.length > 0) await apply(live, client);
  return live;
};
