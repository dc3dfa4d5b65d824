import { minutesBetween } from '@slipway/canonical';
import type { DeploymentEvent, IncidentEvent } from '@slipway/contracts';
import type { Instruction, Process, Recorded } from '@slipway/event-sourcing';
import type { ProposeCauses } from '../domain/causes.ts';
import { REACH_HOURS } from '../domain/scoring.ts';

const LATE = [
  'DeploymentRequested',
  'DeploymentStarted',
  'StepStarted',
  'StepSucceeded',
  'StepFailed',
  'TrafficTaken',
  'DeploymentFinished',
  'DeploymentFailed',
  'DeploymentSucceeded',
  'VerificationFailed',
] as const;
const OPEN = [
  'IncidentDetected',
  'EarlierAlertFound',
  'ImpactStartCorrected',
  'CauseConfirmed',
  'IncidentClosed',
  'IncidentCanceled',
] as const;

type Event = Extract<DeploymentEvent | IncidentEvent, { type: (typeof LATE)[number] | (typeof OPEN)[number] }>;
/** When the impact began, by the stream of each incident that nobody has found the cause of. */
type State = Readonly<{ impacts: Readonly<Record<string, string>> }>;

// An incident that nobody explains is kept for a while only: the state must not grow for ever.
const KEPT_HOURS = 7 * 24;

const evolve = ({ impacts }: State, { type, stream, data }: Recorded<Event>): State => {
  if (type === 'EarlierAlertFound' && !(stream in impacts)) return { impacts };
  if (type === 'IncidentDetected' || type === 'EarlierAlertFound' || type === 'ImpactStartCorrected')
    return { impacts: { ...recent(impacts, data.recordedAt), [stream]: data.impactStartedAt } };
  if (!(stream in impacts)) return { impacts };
  return { impacts: Object.fromEntries(Object.entries(impacts).filter(([each]) => each !== stream)) };
};

const recent = (impacts: State['impacts'], now: string): State['impacts'] =>
  Object.fromEntries(Object.entries(impacts).filter(([, impact]) => minutesBetween(impact, now) <= KEPT_HOURS * 60));

const react = ({ type, data }: Recorded<Event>, { impacts }: State): readonly Instruction<ProposeCauses>[] => {
  if (!isLate(type)) return [];
  return Object.entries(impacts).flatMap(([stream, impact]) => {
    const minutes = minutesBetween(data.occurredAt, impact);
    // A failed verification speaks of a deployment from before the impact, whenever it fails.
    const matters = minutes <= REACH_HOURS * 60 && (minutes >= 0 || type === 'VerificationFailed');
    return matters ? [{ send: { type: 'ProposeCauses' as const, data: {} }, to: stream }] : [];
  });
};

const isLate = (type: Event['type']): boolean => LATE.some(each => each === type);

/**
 * A deployment that is told of only after an incident began may be its cause. It names no incident, so all of them share
 * one instance: it holds the few that are open and unexplained.
 */
export const proposeCausesWhenDeploymentReportedLate: Process<Event, ProposeCauses, State> = {
  name: 'propose-causes-when-deployment-reported-late',
  events: [...LATE, ...OPEN],
  instance: () => 'unexplained',
  initialState: { impacts: {} },
  evolve,
  react,
};
