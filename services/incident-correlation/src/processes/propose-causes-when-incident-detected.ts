import type { IncidentEvent } from '@slipway/contracts';
import type { Process, Recorded } from '@slipway/event-sourcing';
import type { ProposeCauses } from '../domain/causes.ts';

type Event = Extract<IncidentEvent, { type: 'IncidentDetected' | 'AlertAttached' | 'ImpactStartCorrected' }>;
/** The services that are affected, and how many of them the last event added. */
type State = Readonly<{ serviceIds: readonly string[]; added: number }>;

const evolve = ({ serviceIds }: State, { type, data }: Recorded<Event>): State => {
  const more = type === 'ImpactStartCorrected' ? [] : (data.serviceIds ?? []);
  const all = [...new Set([...serviceIds, ...more])];
  return { serviceIds: all, added: all.length - serviceIds.length };
};

/** When it is detected, and again when its impact began at another time or one more service is affected. */
export const proposeCausesWhenIncidentDetected: Process<Event, ProposeCauses, State> = {
  name: 'propose-causes-when-incident-detected',
  events: ['IncidentDetected', 'AlertAttached', 'ImpactStartCorrected'],
  instance: ({ stream }) => stream,
  initialState: { serviceIds: [], added: 0 },
  evolve,
  react: ({ type, stream }, { added }) =>
    type === 'AlertAttached' && added === 0
      ? [{ ignore: 'no other service is affected' }]
      : [{ send: { type: 'ProposeCauses', data: {} }, to: stream }],
};
