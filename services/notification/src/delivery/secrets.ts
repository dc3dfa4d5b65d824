import { type Ask, askingThrough, type Service } from '@slipway/service';
import { newSecret } from '../webhooks/signature.ts';
import type { SecretInUse } from './subscribers.ts';

const streamOf = (subscription: string): string => `subscription-${subscription}`;

const MAKE = `
  WITH made AS (
    INSERT INTO secrets_v1 (subscription, id, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
  )
  SELECT 1 AS made`;
const SEALED = 'SELECT id, sealed FROM secrets_v1 WHERE subscription = $1 AND id = ANY ($2)';

const sealedOf = async (
  ask: Ask,
  subscription: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await ask<{ id: string; sealed: string }>(SEALED, [subscription, ids]);
  return new Map(rows.map(({ id, sealed }) => [id, sealed]));
};

/** Makes a secret under this id, or finds the one that was made under it: a repeated request is answered as it was. */
export const secretNamed = async (service: Service, subscription: string, id: string): Promise<string> => {
  const ask = askingThrough(service.dataSource);
  await ask(MAKE, [subscription, id, await service.seal(streamOf(subscription), newSecret())]);
  const sealed = (await sealedOf(ask, subscription, [id])).get(id) ?? '';
  return (await service.open(streamOf(subscription), sealed)) ?? '';
};

/** The secrets that sign at that time, newest first; none when they were erased. */
export const secretsAt = async (
  service: Service,
  subscription: string,
  inUse: readonly SecretInUse[],
  at: Date,
): Promise<readonly string[]> => {
  const good = inUse.filter(({ until }) => until === undefined || Date.parse(until) > at.getTime()).map(({ id }) => id);
  const sealed = await sealedOf(askingThrough(service.dataSource), subscription, good);
  const opened = await Promise.all(
    good.map(async id => {
      const text = sealed.get(id);
      return text === undefined ? null : service.open(streamOf(subscription), text);
    }),
  );
  return opened.filter(secret => secret !== null);
};
