import { timestampOf } from '@slipway/edge';
import { CAUSES, KINDS, OUTCOMES, STATES } from './deployments.dto.ts';
import { CUTOVERS } from './steps.dto.ts';

/** Field to enum and the words that REST says for its values. */
const ENUMS: Readonly<Record<string, readonly [prefix: string, words: readonly string[]]>> = {
  via: ['CUTOVER_VIA', CUTOVERS],
  kind: ['DEPLOYMENT_KIND', KINDS],
  state: ['DEPLOYMENT_STATE', STATES],
  outcome: ['VERIFICATION_OUTCOME', OUTCOMES],
  cause: ['ROLLBACK_CAUSE', CAUSES],
};

/** A request with words for enum values, as REST says them. An unspecified one is absent, an unknown one stays as it is. */
export const worded = (message: unknown): object => within(message) as object;

const within = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(within);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, each]: [string, unknown]) => [field, wordOf(field, each)]),
  );
};

const wordOf = (field: string, value: unknown): unknown => {
  const [prefix, words = []] = ENUMS[field] ?? [];
  if (prefix === undefined) return within(value);
  return value === `${prefix}_UNSPECIFIED` ? null : (words.find(word => enumOf(prefix, word) === value) ?? value);
};

export const enumOf = <Value extends string>(prefix: string, word: string): Value =>
  `${prefix}_${word
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toUpperCase()}` as Value;

export const at = (instant: string | undefined) => (instant === undefined ? undefined : timestampOf(instant));
