import { askedByProcess, askingThrough, type Service } from '@slipway/service';
import { count, metricNames } from '@slipway/telemetry';
import type { DisableSubscription } from '../domain/subscription-commands.ts';
import type { Settings } from '../settings.ts';
import { send, type Sent } from '../webhooks/send.ts';
import { signed } from '../webhooks/signature.ts';
import { type Claimed, cut, settle } from './claims.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { webhookIdOf } from './outbox.ts';
import { secretsAt } from './secrets.ts';
import { isWithinGrants } from './within-grants.ts';

/** Tries a delivery once, and keeps what became of it. */
export const attempt = async (service: Service, settings: Settings, claimed: Claimed): Promise<void> => {
  if (!(await isWithinGrants(service, claimed))) return cut(askingThrough(service.dataSource), claimed);
  const at = new Date();
  const began = performance.now();
  const sent = await sendTo(service, settings, claimed, at);
  const durationMs = Math.round(performance.now() - began);
  const outcome = outcomeOf({ ...claimed, sent }, settings, Math.random());
  if (outcome.disable) await disable(service, claimed, outcome.disable);
  await settle(askingThrough(service.dataSource), claimed, { at, durationMs, sent }, outcome);
  count(metricNames.deliveries, 1, { outcome: nameOf(outcome) });
};

const nameOf = ({ state }: Outcome): string => (state === 'waiting' ? 'to-be-tried-again' : state);

const sendTo = async (service: Service, settings: Settings, claimed: Claimed, at: Date): Promise<Sent> => {
  const { id, subscription, body, channel, secrets } = claimed;
  const url = channel.kind === 'webhook' ? await service.open(`subscription-${subscription}`, channel.url) : null;
  const keys = await secretsAt(service, subscription, secrets, at);
  // Erased: there is nowhere to send it, or nothing to sign it with.
  if (url === null || keys.length === 0) return { error: 'not-sent' };
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Slipway-Webhooks/1',
    ...signed(webhookIdOf(id), body, keys, at),
  };
  return send(url, body, headers, settings);
};

/** The same however often it is asked for the same delivery. */
const disable = async (
  service: Service,
  { id, lease, subscription, failingSince }: Claimed,
  cause: 'gone' | 'failing',
): Promise<void> => {
  const asked = askedByProcess('disable-subscription', subscription, `${id} ${lease}`);
  const since = failingSince === null ? undefined : new Date(failingSince).toISOString();
  const command: DisableSubscription = {
    type: 'DisableSubscription',
    data: { cause, ...(since && { failingSince: since }) },
  };
  await service.attempt(asked, { stream: `subscription-${subscription}`, command });
};
