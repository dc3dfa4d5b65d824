import { CHANGE_MODELS, CHANGE_STATES, CLOSE_CODES } from './changes.dto.ts';
import { KINDS, OUTCOMES } from './decisions.dto.ts';

/** Field to enum and the words that REST says for its values. */
const ENUMS = {
  model: ['CHANGE_MODEL', CHANGE_MODELS],
  state: ['CHANGE_STATE', CHANGE_STATES],
  closeCode: ['CLOSE_CODE', CLOSE_CODES],
  kind: ['DEPLOYMENT_KIND', KINDS],
  verdict: ['VERDICT', ['allow', 'deny']],
  outcome: ['OUTCOME', OUTCOMES],
  riskLevel: ['RISK_LEVEL', ['low', 'medium', 'high']],
  approval: ['APPROVAL_STATE', ['Approved', 'Rejected', 'Void']],
} as const satisfies Readonly<Record<string, readonly [prefix: string, words: readonly string[]]>>;

type Field = keyof typeof ENUMS;

const valueOf = (prefix: string, word: string): string => `${prefix}_${word.replaceAll('-', '_').toUpperCase()}`;

/** The enum value of a word, unspecified for none. */
export const enumOf = <Value extends string>(field: Field, word: string | undefined): Value =>
  valueOf(ENUMS[field][0], word ?? 'unspecified') as Value;

/** A request with words for enum values, as REST says them. An unspecified one is absent; an unknown one stays as it is. */
export const worded = (message: unknown): object =>
  Object.fromEntries(
    Object.entries(message as object).map(([field, value]) => {
      if (!isField(field)) return [field, value];
      const [prefix, words] = ENUMS[field];
      if (value === `${prefix}_UNSPECIFIED`) return [field, null];
      return [field, words.find(word => valueOf(prefix, word) === value) ?? value];
    }),
  );

const isField = (field: string): field is Field => Object.hasOwn(ENUMS, field);
