import type { DeploymentEvent } from '@slipway/contracts';
import { type Decider, reject, type Stamped } from '@slipway/event-sourcing';
import { askForDecision, detectUnauthorizedChange, recordDecision, start } from './authorization.ts';
import type { Decided, DeploymentCommand, DeploymentRejection, Of } from './deployment-commands.ts';
import { allows, refusalOf } from './deployment-moves.ts';
import { type Deployment, evolve, isObserved } from './deployment-state.ts';
import { correctKind, whenMisnamed } from './kind.ts';
import { progressOf } from './observation.ts';
import { cancel, fail, finish, takeTraffic, verify, whenUntimely } from './progress.ts';
import { judgeRemediation } from './remediation.ts';
import { endRollback, startRollback } from './rollback.ts';
import { linkLog, planSteps, reportStep, settleStep, startStep, switchCutover, whenMisplanned } from './steps.ts';

const request = ({ data: { steps, ...data }, stamp }: Of<'RequestDeployment'>): Decided => {
  if (data.digests.length === 0)
    return reject(
      'digests-required',
      'Name the sha256 digests that are to run, or a release that has an artifact of this service.',
    );
  const refusal = whenMisnamed(data.kind, data.undoes) ?? whenMisplanned(steps ?? []);
  if (refusal) return refusal;
  const planned: readonly DeploymentEvent[] = steps ? [{ type: 'StepsPlanned', data: { steps, ...stamp } }] : [];
  return [{ type: 'DeploymentRequested', data: { ...data, ...stamp } }, ...planned];
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
  'ReportStep',
  'SwitchCutover',
  'SucceedStep',
  'FailStep',
  'TakeTraffic',
  'FinishDeployment',
  'VerifyDeployment',
];

/** Told by the tool, or by a person for it, with the moment when it happened. */
const PROGRESS: readonly DeploymentCommand['type'][] = [...BY_THE_TOOL, 'FailDeployment'];

const decide = (command: Stamped<DeploymentCommand>, state: Deployment): Decided => {
  if (command.type === 'ObserveDeployment') return observe(command, state);
  if (command.type === 'RequestDeployment')
    return allows(state, command.type) ? request(command) : refusalOf(state, command.type);
  if (state.status === 'none') return refusalOf(state, command.type);
  if (isObserved(state.about) && BY_THE_TOOL.includes(command.type))
    return reject(
      'observed-only',
      'This deployment is only observed: the tool that runs it reports it through its webhook.',
    );
  if (!allows(state, command.type)) return refusalOf(state, command.type);
  const refusal = PROGRESS.includes(command.type) ? whenUntimely(command.stamp) : undefined;
  if (refusal) return refusal;
  switch (command.type) {
    case 'AskForDecision':
      return askForDecision(command, state);
    case 'RecordDecision':
      return recordDecision(command, state);
    case 'StartDeployment':
      return start(command, state);
    case 'PlanSteps':
      return planSteps(command, state);
    case 'ReportStep':
      return reportStep(command, state);
    case 'SwitchCutover':
      return switchCutover(command, state);
    case 'LinkLog':
      return linkLog(command, state);
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
      return verify(command);
    case 'CancelDeployment':
      return cancel(command, state);
    case 'CorrectKind':
      return correctKind(command, state);
    case 'ConfirmRemediation':
    case 'RejectRemediation':
      return judgeRemediation(command, state);
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
