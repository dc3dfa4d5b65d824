import { reject } from '@slipway/event-sourcing';
import type { Decided, Of } from './deployment-commands.ts';
import type { Requested } from './deployment-state.ts';
import { verdictOn } from './remediation-state.ts';

const MOST = 100;

/** Said again, it is so already; said otherwise, the last word counts. Whatever its kind: a wrong kind is corrected later. */
export const judgeRemediation = (
  command: Of<'ConfirmRemediation'> | Of<'RejectRemediation'>,
  { about: { remediations } }: Requested,
): Decided => {
  const { data, stamp } = command;
  const { record, recordId } = data;
  const verdict = command.type === 'ConfirmRemediation' ? 'confirmed' : 'rejected';
  const before = verdictOn(remediations, data);
  if (before === verdict) return [];
  if (before === undefined && Object.keys(remediations).length >= MOST)
    return reject(
      'too-many-remediations',
      `Of ${MOST} deployments and incidents it is said already whether it mends them.`,
    );
  return command.type === 'ConfirmRemediation'
    ? [{ type: 'RemediationConfirmed', data: { record, recordId, ...stamp } }]
    : [{ type: 'RemediationRejected', data: { record, recordId, reason: command.data.reason, ...stamp } }];
};
