import type { DeploymentEvent } from '@slipway/contracts';
import { type Decider, reject, type Stamped } from '@slipway/event-sourcing';
import { askForDecision, detectUnauthorizedChange, recordDecision, start } from './authorization.ts';
import type { Decided, DeploymentCommand, DeploymentRejection, Of } from './deployment-commands.ts';
import { type Deployment, evolve, isObserved } from './deployment-state.ts';
import { progressOf } from './observation.ts';
import { cancel, fail, finish, settleStep, startStep, takeTraffic, verify, whenUntimely } from './progress.ts';
import { endRollback, startRollback } from './rollback.ts';

const request = ({ data, stamp }: Of<'RequestDeployment'>, state: Deployment): Decided => {
  if (state.status !== 'none') return reject('already-requested', 'This deployment was requested before.');
  if (data.digests.length === 0)
    return reject(
      'digests-required',
      'Name the sha256 digests that are to run, or a release that has an artifact of this service.',
    );
  if (data.kind === 'rollback' && data.undoes === undefined)
    return reject('undoes-required', 'A rollback names the deployment that it undoes.');
  if (data.undoes !== undefined && data.kind !== 'rollback' && data.kind !== 'hotfix')
    return reject(
      'undoes-nothing',
      `A ${data.kind} deployment undoes none: only a rollback does, and a hotfix may name the one that it mends.`,
    );
  return [{ type: 'DeploymentRequested', data: { ...data, ...stamp } }];
};

const observe = ({ data, stamp }: Of<'ObserveDeployment'>, state: Deployment): Decided => {
  const requested: readonly DeploymentEvent[] =
    state.status === 'none'
      ? [{ type: 'DeploymentRequested', data: { ...data.request, ...stamp, occurredAt: data.occurredAt } }]
      : [];
  return [...requested, ...progressOf(requested.reduce(evolve, state), data.observations, stamp, data.reason)];
};

/** What only the tool that deploys can report: of an observed one it does, through its webhook. */
const BY_THE_TOOL: readonly DeploymentCommand['type'][] = [
  'StartDeployment',
  'StartStep',
  'SucceedStep',
  'FailStep',
  'TakeTraffic',
  'FinishDeployment',
  'VerifyDeployment',
];

/** Told by the tool, or by a person for it, with the moment when it happened. */
const PROGRESS: readonly DeploymentCommand['type'][] = [...BY_THE_TOOL, 'FailDeployment'];

const decide = (command: Stamped<DeploymentCommand>, state: Deployment): Decided => {
  if (command.type === 'RequestDeployment') return request(command, state);
  if (command.type === 'ObserveDeployment') return observe(command, state);
  if (state.status === 'none') return reject('no-deployment', 'There is no such deployment.');
  if (isObserved(state.about) && BY_THE_TOOL.includes(command.type))
    return reject(
      'observed-only',
      'This deployment is only observed: the tool that runs it reports it through its webhook.',
    );
  const refusal = PROGRESS.includes(command.type) ? whenUntimely(command.stamp) : undefined;
  if (refusal) return refusal;
  switch (command.type) {
    case 'AskForDecision':
      return askForDecision(command, state);
    case 'RecordDecision':
      return recordDecision(command, state);
    case 'StartDeployment':
      return start(command, state);
    case 'StartStep':
      return startStep(command, state);
    case 'SucceedStep':
    case 'FailStep':
      return settleStep(command, state);
    case 'TakeTraffic':
      return takeTraffic(command, state);
    case 'FinishDeployment':
      return finish(command, state);
    case 'FailDeployment':
      return fail(command, state);
    case 'VerifyDeployment':
      return verify(command, state);
    case 'CancelDeployment':
      return cancel(command, state);
    case 'StartRollback':
      return startRollback(command, state);
    case 'CompleteRollback':
    case 'AbandonRollback':
      return endRollback(command, state);
    case 'DetectUnauthorizedChange':
      return detectUnauthorizedChange(command, state);
  }
};

export const deployment: Decider<DeploymentCommand, DeploymentEvent, Deployment, DeploymentRejection> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
