import { recordController } from '@slipway/records';
import { incidentRecord } from '../read/incident.view.ts';
import { IncidentDto } from './incidents.answers.dto.ts';

/** Title, owner, description, labels, references, comments and files of an incident. */
export const IncidentDetails = recordController({
  category: 'incident',
  view: incidentRecord,
  answer: IncidentDto,
  read: 'incidents:read',
  write: 'incidents:write',
});
