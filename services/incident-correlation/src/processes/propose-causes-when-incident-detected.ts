import type { IncidentEvent } from '@slipway/contracts';
import type { Process, Recorded } from '@slipway/event-sourcing';
import type { ProposeCauses } from '../domain/causes.ts';

const EVENTS = [
  'IncidentDetected',
  'IncidentImported',
  'AlertAttached',
  'IncidentAbsorbed',
  'EarlierAlertFound',
  'ImpactStartCorrected',
  'CauseWithdrawn',
] as const;
type Event = Extract<IncidentEvent, { type: (typeof EVENTS)[number] }>;
/** The services that are affected, and how many of them the last event added. */
type State = Readonly<{ serviceIds: readonly string[]; added: number }>;

const evolve = ({ serviceIds }: State, { data }: Recorded<Event>): State => {
  const more = 'serviceIds' in data ? (data.serviceIds ?? []) : [];
  const all = [...new Set([...serviceIds, ...more])];
  return { serviceIds: all, added: all.length - serviceIds.length };
};

/** When it is detected or imported, and again when its impact began at another time, one more service is affected or a cause is taken back. */
export const proposeCausesWhenIncidentDetected: Process<Event, ProposeCauses, State> = {
  name: 'propose-causes-when-incident-detected',
  events: EVENTS,
  instance: ({ stream }) => stream,
  initialState: { serviceIds: [], added: 0 },
  evolve,
  react: ({ type, stream, data }, { added }) => {
    if ((type === 'AlertAttached' || type === 'IncidentAbsorbed') && added === 0)
      return [{ ignore: 'no other service is affected' }];
    if (type === 'IncidentImported' && data.canceled !== undefined) return [{ ignore: 'it was none' }];
    return [{ send: { type: 'ProposeCauses', data: {} }, to: stream }];
  },
};
