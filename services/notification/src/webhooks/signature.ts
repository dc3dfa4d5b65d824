import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const BYTES = 32;

/** A new secret, as Standard Webhooks 1.0 writes it: 24 to 64 random bytes in base64 behind `whsec_`. */
export const newSecret = (): string => PREFIX + randomBytes(BYTES).toString('base64');

export type Signed = Readonly<{ 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string }>;

/**
 * The headers of one attempt: https://www.standardwebhooks.com, `v1` (HMAC-SHA256 over id, seconds and the bytes sent), a
 * signature for each secret that is good at that time. `id` MUST hold no full stop.
 */
export const signed = (id: string, body: string, secrets: readonly string[], at: Date): Signed => {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map(secret => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};
