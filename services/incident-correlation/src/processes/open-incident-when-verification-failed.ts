import { derivedId } from '@slipway/canonical';
import type { DeploymentEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Process, type Recorded } from '@slipway/event-sourcing';
import type { OpenIncident } from '../domain/incident-commands.ts';

type Event = Extract<DeploymentEvent, { type: 'DeploymentRequested' | 'TrafficTaken' | 'VerificationFailed' }>;
type Requested = Extract<Event, { type: 'DeploymentRequested' }>['data'];
type State = Readonly<{ requested?: Requested; tookTrafficAt?: string }>;

const NAME = 'open-incident-when-verification-failed';

const evolve = (state: State, { type, data }: Recorded<Event>): State => {
  if (type === 'DeploymentRequested') return { ...state, requested: data };
  if (type === 'TrafficTaken') return { tookTrafficAt: data.occurredAt, ...state };
  return state;
};

const react = (event: Recorded<Event>, { requested, tookTrafficAt }: State): readonly Instruction<OpenIncident>[] => {
  if (event.type !== 'VerificationFailed') return [];
  if (!requested?.production) return [{ ignore: 'it is not in production' }];
  const { target, version } = requested;
  const { checks, occurredAt } = event.data;
  const deploymentId = idOf(event.stream);
  const data: OpenIncident['data'] = {
    title: titleOf(checks, version),
    severity: 'high',
    major: false,
    serviceIds: [target.serviceId],
    environmentId: target.environmentId,
    detectedBy: 'verification',
    impactStartedAt: tookTrafficAt ?? occurredAt,
    deploymentId,
  };
  return [{ send: { type: 'OpenIncident', data }, to: `incident-${derivedId(NAME, deploymentId)}` }];
};

const titleOf = (checks: readonly string[], version = 'a deployment'): string =>
  `Verification of ${version} failed${checks.length > 0 ? `: ${checks.join(', ')}` : ''}`.slice(0, 200);

/** Users met the fault from when it took traffic. One incident a deployment, however often it is verified. */
export const openIncidentWhenVerificationFailed: Process<Event, OpenIncident, State> = {
  name: NAME,
  events: ['DeploymentRequested', 'TrafficTaken', 'VerificationFailed'],
  instance: ({ stream }) => stream,
  initialState: {},
  evolve,
  react,
};
