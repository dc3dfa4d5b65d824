import type { IncidentEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Process, type Recorded } from '@slipway/event-sourcing';
import type { AbsorbIncident, TakeOverAlert } from '../domain/incident-commands.ts';

type Event = Extract<IncidentEvent, { type: 'IncidentMerged' | 'AlertForwarded' }>;
type Command = AbsorbIncident | TakeOverAlert;

const react = ({ type, stream, data }: Recorded<Event>): readonly Instruction<Command>[] => {
  const to = `incident-${data.intoIncidentId}`;
  if (type === 'IncidentMerged') {
    const { serviceIds, impactStartedAt, causes } = data;
    const absorbed = { fromIncidentId: idOf(stream), serviceIds, impactStartedAt, causes };
    return [{ send: { type: 'AbsorbIncident', data: absorbed }, to }];
  }
  const { alertId, fingerprint, groupKey, status, serviceIds, occurredAt } = data;
  const alert = { alertId, fingerprint, groupKey, status, serviceIds, occurredAt };
  return [{ send: { type: 'TakeOverAlert', data: alert }, to }];
};

/** The incident that goes on learns what the merged one had, and what becomes of alerts that moved to it. */
export const handOverWhenIncidentMerged: Process<Event, Command, null> = {
  name: 'hand-over-when-incident-merged',
  events: ['IncidentMerged', 'AlertForwarded'],
  instance: ({ stream }) => stream,
  initialState: null,
  evolve: state => state,
  react,
};
