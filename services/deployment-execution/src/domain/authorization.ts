import { reject } from '@slipway/event-sourcing';
import type { Bound, Decided, Of } from './deployment-commands.ts';
import { refusalOf } from './deployment-moves.ts';
import { type About, type Deployment, isObserved, type Requested } from './deployment-state.ts';

// May it start? ADR 0010.

export const askForDecision = ({ stamp }: Of<'AskForDecision'>, state: Requested): Decided => {
  const isAnswered = state.status !== 'queued' && (state.status !== 'allowed' || stamp.recordedAt > state.validUntil);
  return isAnswered ? [{ type: 'DecisionRequested', data: { attempt: state.about.attempt + 1, ...stamp } }] : [];
};

export const recordDecision = ({ data, stamp }: Of<'RecordDecision'>, { status, about }: Requested): Decided => {
  const { decisionId, verdict, askedAt, validUntil, reasons, nextOpening } = data;
  const at = { ...stamp, occurredAt: askedAt };
  if (!isAbout(about, data.about)) return MISMATCH;
  if (about.decidedAt !== undefined && askedAt <= about.decidedAt) return [];
  if (verdict === 'allow' && (isObserved(about) || isOpen(status)))
    return [{ type: 'DeploymentAllowed', data: { decisionId, validUntil, ...at } }];
  // An observed deployment does not wait: it runs whatever the answer.
  if (verdict === 'allow' || isObserved(about) || !isOpen(status)) return [];
  return [{ type: 'DeploymentWaiting', data: { decisionId, reasons, ...(nextOpening && { nextOpening }), ...at } }];
};

export const start = ({ stamp }: Of<'StartDeployment'>, state: Requested): Decided => {
  if (state.status !== 'allowed') return refusalOf(state, 'StartDeployment');
  const { about, validUntil } = state;
  if (stamp.recordedAt > validUntil)
    return reject('decision-expired', `The allow was valid until ${validUntil}: ask for a fresh decision.`);
  const { decisionId } = about;
  return [{ type: 'DeploymentStarted', data: { ...(decisionId && { decisionId }), validUntil, ...stamp } }];
};

export const detectUnauthorizedChange = (
  { data: { rules, about: bound }, stamp }: Of<'DetectUnauthorizedChange'>,
  { about }: Requested,
): Decided => {
  if (!isAbout(about, bound)) return MISMATCH;
  const wasAllowed = about.decisionId !== undefined;
  if (!isObserved(about) || !about.production || about.unauthorized || wasAllowed) return [];
  return [
    {
      type: 'UnauthorizedChangeDetected',
      data: { rules, ...(about.pipelineRunId && { pipelineRunId: about.pipelineRunId }), ...stamp },
    },
  ];
};

const isAbout = (about: About, { target, digests, deployer }: Bound): boolean =>
  target.serviceId === about.target.serviceId &&
  target.environmentId === about.target.environmentId &&
  deployer === about.deployer &&
  digests.toSorted().join() === about.digests.toSorted().join();

const MISMATCH = reject(
  'decision-mismatch',
  'That decision was taken on another target, other digests or another deployer.',
);

const isOpen = (status: Deployment['status']): boolean => ['queued', 'waiting', 'allowed', 'running'].includes(status);
