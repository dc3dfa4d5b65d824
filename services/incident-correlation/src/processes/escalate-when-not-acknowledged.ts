import type { IncidentEvent } from '@slipway/contracts';
import type { Instruction, Process, Recorded } from '@slipway/event-sourcing';
import { type AcknowledgementTargets, dueAt, ESCALATION_CHAIN } from '../domain/acknowledgement.ts';
import type { OverdueAcknowledgement } from '../domain/incident-commands.ts';
import type { Severity } from '../domain/severity.ts';

const ENDS = ['IncidentAcknowledged', 'IncidentMitigated', 'IncidentResolved', 'IncidentCanceled'] as const;
const JUDGED = ['IncidentClassified', 'IncidentSeverityRaised'] as const;
const EVENTS = ['IncidentDetected', ...JUDGED, 'IncidentEscalated', ...ENDS] as const;

type Event = Extract<IncidentEvent, { type: (typeof EVENTS)[number] }>;
/** `from`: since when we wait for somebody; absent once somebody came. */
type State = Readonly<{ from?: string; severity: Severity; level: number }>;

const evolve = (state: State, { type, data }: Recorded<Event>): State => {
  switch (type) {
    case 'IncidentDetected':
      // Nobody could come before we heard of it.
      return { from: data.recordedAt, severity: data.severity, level: 0 };
    case 'IncidentClassified':
    case 'IncidentSeverityRaised':
      return { ...state, severity: data.severity };
    case 'IncidentEscalated':
      return { ...state, ...(state.from !== undefined && { from: data.recordedAt }), level: data.level };
    default:
      return { severity: state.severity, level: state.level };
  }
};

const reactWithin =
  (targets: AcknowledgementTargets) =>
  ({ type, stream }: Recorded<Event>, state: State): readonly Instruction<OverdueAcknowledgement>[] => {
    const { from, severity, level } = state;
    const isEnd = ENDS.some(each => each === type);
    if (isEnd || (type === 'IncidentEscalated' && level >= ESCALATION_CHAIN.length))
      return [{ cancel: 'OverdueAcknowledgement', to: stream }];
    if (from === undefined) return [{ ignore: 'somebody takes care of it' }];
    const at = dueAt(from, targets[severity]);
    const data = { severity, targetMinutes: targets[severity], dueAt: at };
    return [{ schedule: { type: 'OverdueAcknowledgement', data }, to: stream, at }];
  };

/** A clock by severity: when nobody acknowledged in time, and again after each role that was called. */
export const escalateWhenNotAcknowledged = (
  targets: AcknowledgementTargets,
): Process<Event, OverdueAcknowledgement, State> => ({
  name: 'escalate-when-not-acknowledged',
  events: EVENTS,
  instance: ({ stream }) => stream,
  initialState: { severity: 'medium', level: 0 },
  evolve,
  react: reactWithin(targets),
});
