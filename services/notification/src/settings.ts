import { mayReach } from './webhooks/addresses.ts';
import { SCHEDULE } from './webhooks/schedule.ts';

export type Settings = Readonly<{
  /** For the whole of an attempt, from the name of the host to the end of the answer. */
  timeoutMs: number;
  allowHttp: boolean;
  mayReach: (address: string) => boolean;
  schedule: readonly number[];
  /** A receiver that nothing got through to for so long is disabled. */
  disableAfterHours: number;
}>;

/**
 * From the environment: `WEBHOOK_TIMEOUT_SECONDS` (20), `WEBHOOK_ALLOW_HTTP` (`true`: plain HTTP too),
 * `WEBHOOK_ALLOWED_NETWORKS` (a list such as `10.1.0.0/16`: addresses that are not public and may be reached),
 * `WEBHOOK_RETRY_SECONDS` (a list: the waits between attempts), `WEBHOOK_DISABLE_AFTER_HOURS` (72).
 * Throws on what it cannot read.
 */
export const settingsIn = (environment: NodeJS.ProcessEnv): Settings => {
  const list = (name: string): readonly string[] => environment[name]?.split(',').filter(Boolean) ?? [];
  const number = (name: string, otherwise: number): number => positive(name, environment[name] || otherwise);
  const retries = list('WEBHOOK_RETRY_SECONDS').map(seconds => positive('WEBHOOK_RETRY_SECONDS', seconds));
  return {
    timeoutMs: number('WEBHOOK_TIMEOUT_SECONDS', 20) * 1_000,
    allowHttp: environment['WEBHOOK_ALLOW_HTTP'] === 'true',
    mayReach: mayReach(list('WEBHOOK_ALLOWED_NETWORKS')),
    schedule: retries.length > 0 ? retries : SCHEDULE,
    disableAfterHours: number('WEBHOOK_DISABLE_AFTER_HOURS', 72),
  };
};

const positive = (name: string, value: string | number): number => {
  const read = Number(value);
  if (read > 0 && Number.isFinite(read)) return read;
  throw new Error(`${name} takes numbers above 0`);
};
