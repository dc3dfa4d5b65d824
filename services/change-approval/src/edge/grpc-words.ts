import { enumWords } from '@slipway/edge';
import { CHANGE_MODELS, CHANGE_STATES, CLOSE_CODES } from './changes.dto.ts';
import { KINDS, OUTCOMES } from './decisions.dto.ts';

/** Field to enum and the words that REST says for its values. */
export const { worded, enumOf } = enumWords({
  model: ['CHANGE_MODEL', CHANGE_MODELS],
  state: ['CHANGE_STATE', CHANGE_STATES],
  closeCode: ['CLOSE_CODE', CLOSE_CODES],
  kind: ['DEPLOYMENT_KIND', KINDS],
  verdict: ['VERDICT', ['allow', 'deny']],
  outcome: ['OUTCOME', OUTCOMES],
  riskLevel: ['RISK_LEVEL', ['low', 'medium', 'high']],
  approval: ['APPROVAL_STATE', ['Approved', 'Rejected', 'Void']],
});
