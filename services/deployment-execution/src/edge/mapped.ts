import { createHmac } from 'node:crypto';
import type { RunStatus } from '@slipway/contracts';
import { hmacMatches, utcOf } from '@slipway/edge';
import type { Mapping } from '../domain/webhook-mapping.ts';
import { NO_COMMIT, type Read } from './tool-message.ts';

/** Behind the prefix, in hex or base64: the HMAC-SHA256 of the raw bytes. */
export const isSigned = (
  { prefix, encoding }: Mapping['signature'],
  bytes: Uint8Array,
  secret: string,
  given: string | undefined,
): boolean => {
  if (given === undefined || !given.startsWith(prefix) || given.length > 200) return false;
  const signature = given.slice(prefix.length);
  const hex = encoding === 'hex' ? signature : Buffer.from(signature, 'base64').toString('hex');
  return hmacMatches(bytes, secret, hex);
};

/** The environment variable that holds the secret of a mapping. */
export const secretNameOf = (name: string): string => `WEBHOOK_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;

/** `version`: of the mapping that reads it. `now` counts where the tool has no clock. */
export const readMapped = (mapping: Mapping, version: number, body: unknown, now: string): Read => {
  const { name, fields, statuses, only } = mapping;
  if (!only.every(({ pointer, equals }) => textAt(body, pointer) === equals)) return { unused: name };
  const externalId = textAt(body, fields.externalId);
  const repository = textAt(body, fields.repository);
  const environmentAlias = textAt(body, fields.environment);
  const said = textAt(body, fields.status);
  if (!externalId || !repository || !environmentAlias || said === undefined) return { problem: 'field-not-there' };
  const status = statuses.find(each => each.said === said)?.status;
  const occurredAt = fields.occurredAt === undefined ? now : instantOf(textAt(body, fields.occurredAt));
  const content = contentIn(mapping, body);
  if (status === undefined) return { problem: 'unknown-state' };
  if (occurredAt === undefined) return { problem: 'no-such-instant' };
  if ('problem' in content) return content;
  const startedBy = textAt(body, fields.startedBy) ?? 'webhook';
  const run = { externalId: `${name}/${externalId}`, repository, environmentAlias, ...content };
  const by = `${name}:${startedBy}`.slice(0, 200);
  return {
    reports: [{ ...run, status: status satisfies RunStatus, occurredAt, startedBy: by, mapping: { name, version } }],
  };
};

/** The tool's own id of a message, where the mapping says which; the same bytes are the same message where it has no clock. */
export const deliveryIn = ({ name, fields }: Mapping, body: unknown, bytes: Uint8Array): string | undefined => {
  const id = textAt(body, fields.deliveryId);
  if (id) return `${name} ${id}`;
  return fields.occurredAt === undefined
    ? `${name} ${createHmac('sha256', name).update(bytes).digest('hex')}`
    : undefined;
};

type Content = Readonly<{ commit: string; digests?: readonly string[] }>;

const contentIn = ({ fields }: Mapping, body: unknown): Content | Readonly<{ problem: string }> => {
  const commit = textAt(body, fields.commit) ?? NO_COMMIT;
  const digest = textAt(body, fields.digest);
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)) return { problem: 'not-a-commit' };
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return { problem: 'not-a-digest' };
  return { commit, ...(digest !== undefined && { digests: [digest] }) };
};

/** RFC 3339, or milliseconds since 1970. */
const instantOf = (text: string | undefined): string | undefined =>
  /^\d{10,14}$/.test(text ?? '') ? new Date(Number(text)).toISOString() : utcOf(text);

const LONGEST = 250;

/** A text or number at a JSON Pointer (RFC 6901); undefined when there is none, or a longer one. */
const textAt = (body: unknown, pointer: string | undefined): string | undefined => {
  if (pointer === undefined) return undefined;
  const names = pointer
    .split('/')
    .slice(1)
    .map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const value = names.reduce<unknown>(memberOf, body);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : undefined;
};

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
