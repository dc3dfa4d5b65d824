import { minutesBetween } from '@slipway/canonical';
import { type Rejection, reject, type Stamp } from '@slipway/event-sourcing';
import type { Decided, DeploymentRejection, Of } from './deployment-commands.ts';
import type { Requested } from './deployment-state.ts';

// What the tool that deploys reports.

export const takeTraffic = ({ data: { percent }, stamp }: Of<'TakeTraffic'>, state: Requested): Decided => {
  const refusal = whenHalted(state);
  if (refusal) return refusal;
  if (state.about.tookTraffic && percent === state.about.percent) return [];
  return [{ type: 'TrafficTaken', data: { ...(percent !== undefined && { percent }), ...stamp } }];
};

export const finish = ({ stamp }: Of<'FinishDeployment'>, state: Requested): Decided => {
  if (state.status === 'verifying') return [];
  const refusal = whenHalted(state);
  if (refusal) return refusal;
  const open = [...state.about.steps].filter(([, { outcome }]) => outcome === 'running');
  if (open.length > 0) return reject('steps-running', `Still running: ${open.map(([step]) => step).join(', ')}.`);
  return [{ type: 'DeploymentFinished', data: stamp }];
};

export const fail = ({ data, stamp }: Of<'FailDeployment'>, { status }: Requested): Decided =>
  status === 'failed' ? [] : [{ type: 'DeploymentFailed', data: { reason: data.reason, ...stamp } }];

export const verify = ({ data: { outcome, checks, reason }, stamp }: Of<'VerifyDeployment'>): Decided =>
  outcome === 'passed'
    ? [
        { type: 'VerificationPassed', data: { checks, ...stamp } },
        { type: 'DeploymentSucceeded', data: stamp },
      ]
    : [{ type: 'VerificationFailed', data: { checks, reason, ...stamp } }];

export const cancel = ({ data, stamp }: Of<'CancelDeployment'>, { status }: Requested): Decided =>
  status === 'canceled' ? [] : [{ type: 'DeploymentCanceled', data: { reason: data.reason, ...stamp } }];

const LONGEST_AGO_DAYS = 30;

/** A tool may report late, and out of order. */
export const whenUntimely = ({ occurredAt, recordedAt }: Stamp): Rejection<DeploymentRejection> | undefined => {
  const minutesAgo = minutesBetween(occurredAt, recordedAt);
  if (minutesAgo < 0) return reject('in-the-future', `${occurredAt} is later than now, ${recordedAt}.`);
  if (minutesAgo > LONGEST_AGO_DAYS * 24 * 60)
    return reject('too-long-ago', `${occurredAt} is more than ${LONGEST_AGO_DAYS} days ago.`);
  return undefined;
};

/** A step needs a run that nobody has halted: ADR 0010. */
export const whenHalted = (state: Requested): Rejection<DeploymentRejection> | undefined =>
  state.status === 'running' && state.halted
    ? reject('decision-denied', `Asked again, the answer was no: ${state.halted.join('; ')}`)
    : undefined;
