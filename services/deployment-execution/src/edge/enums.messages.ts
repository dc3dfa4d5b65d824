import { enumValueOf, enumWords, timestampOf } from '@slipway/edge';
import { CAUSES, KINDS, OUTCOMES, STATES } from './deployments.dto.ts';
import { CUTOVERS } from './steps.dto.ts';

/** Field to enum and the words that REST says for its values. */
const ENUMS = {
  via: ['CUTOVER_VIA', CUTOVERS],
  kind: ['DEPLOYMENT_KIND', KINDS],
  state: ['DEPLOYMENT_STATE', STATES],
  outcome: ['VERIFICATION_OUTCOME', OUTCOMES],
  cause: ['ROLLBACK_CAUSE', CAUSES],
} as const;

/** A request with words for enum values, as REST says them. An unspecified one is absent, an unknown one stays as it is. */
export const { worded } = enumWords(ENUMS);

export const enumOf = <Value extends string>(prefix: string, word: string): Value => enumValueOf(prefix, word) as Value;

export const at = (instant: string | undefined) => (instant === undefined ? undefined : timestampOf(instant));
