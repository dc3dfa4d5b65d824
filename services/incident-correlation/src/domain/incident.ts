import type { IncidentEvent } from '@slipway/contracts';
import { type Decider, reject, type Stamped } from '@slipway/event-sourcing';
import { confirm, propose, rejectCandidate } from './causes.ts';
import { attach, open } from './detection.ts';
import type { IncidentCommand } from './incident-commands.ts';
import { evolve, type Incident, type IncidentDecision, type IncidentRefusal, whenOver } from './incident-state.ts';
import { acknowledge, cancel, close, correctImpactStart, mitigate, reopen, resolve } from './restoration.ts';

const decide = (command: Stamped<IncidentCommand>, incident: Incident): IncidentDecision => {
  if (command.type === 'OpenIncident') return open(command, incident);
  if (command.type === 'AttachAlert') return attach(command, incident);
  if (incident.status === 'none') return reject('not-found', 'There is no such incident.');
  switch (command.type) {
    case 'AcknowledgeIncident':
      return acknowledge(command, incident);
    case 'MitigateIncident':
      return mitigate(command, incident);
    case 'ResolveIncident':
      return resolve(command, incident);
    case 'ReopenIncident':
      return reopen(command, incident);
    case 'CancelIncident':
      return cancel(command, incident);
    case 'CloseIncident':
      return close(command, incident);
    case 'CorrectImpactStart':
      return correctImpactStart(command, incident);
    case 'ProposeCauses':
      return whenOver(incident) ?? propose(command, incident.causes, incident);
    case 'ConfirmCause':
      return incident.status === 'canceled' ? (whenOver(incident) ?? []) : confirm(command, incident.causes);
    case 'RejectCandidate':
      return incident.status === 'canceled' ? (whenOver(incident) ?? []) : rejectCandidate(command, incident.causes);
  }
};

export const incident: Decider<IncidentCommand, IncidentEvent, Incident, IncidentRefusal> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
