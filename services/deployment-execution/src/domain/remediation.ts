import { reject } from '@slipway/event-sourcing';
import type { Decided, Of } from './deployment-commands.ts';
import type { About, Requested } from './deployment-state.ts';

/** A deployment or an incident that this one mends, or does not, as a person said. */
export type Remediated = Readonly<{ record: 'deployment' | 'incident'; recordId: string }>;
export type Verdicts = Readonly<Record<string, 'confirmed' | 'rejected'>>;

const MOST = 100;

const keyOf = ({ record, recordId }: Remediated): string => `${record}-${recordId}`;

/** Said again, it is so already; said otherwise, the last word counts. Whatever its kind: a wrong kind is corrected later. */
export const judgeRemediation = (
  command: Of<'ConfirmRemediation'> | Of<'RejectRemediation'>,
  { about: { remediations } }: Requested,
): Decided => {
  const { data, stamp } = command;
  const { record, recordId } = data;
  const verdict = command.type === 'ConfirmRemediation' ? 'confirmed' : 'rejected';
  const before = remediations[keyOf(data)];
  if (before === verdict) return [];
  if (before === undefined && Object.keys(remediations).length >= MOST)
    return reject('too-many-remediations', `Of ${MOST} deployments and incidents it is said already whether it mends them.`);
  return command.type === 'ConfirmRemediation'
    ? [{ type: 'RemediationConfirmed', data: { record, recordId, ...stamp } }]
    : [{ type: 'RemediationRejected', data: { record, recordId, reason: command.data.reason, ...stamp } }];
};

export const judged = (about: About, remediated: Remediated, verdict: Verdicts[string]): About => ({
  ...about,
  remediations: { ...about.remediations, [keyOf(remediated)]: verdict },
});
