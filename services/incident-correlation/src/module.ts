import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import { recordController, withDetails } from '@slipway/records';
import { alert } from './domain/alert.ts';
import { acknowledgementTargets } from './domain/acknowledgement.ts';
import { incident } from './domain/incident.ts';
import { AlertsController } from './edge/alerts.controller.ts';
import { ClassificationController } from './edge/classification.controller.ts';
import { HooksController } from './edge/hooks.controller.ts';
import { IncidentActionsController } from './edge/incident-actions.controller.ts';
import { IncidentDto } from './edge/incidents.answers.dto.ts';
import { IncidentsController } from './edge/incidents.controller.ts';
import { MergingController } from './edge/merging.controller.ts';
import { TimelineController } from './edge/timeline.controller.ts';
import { WarRoomController } from './edge/war-room.controller.ts';
import { prepareConfirmation, prepareProposal } from './prepare/causes.ts';
import { prepareBind, prepareMatch } from './prepare/incident-of-alert.ts';
import { prepareOpen } from './prepare/incident-of-verification.ts';
import { prepareAbsorption, prepareMerge } from './prepare/merging.ts';
import { attachAlertToIncident } from './processes/attach-alert-to-incident.ts';
import { escalateWhenNotAcknowledged } from './processes/escalate-when-not-acknowledged.ts';
import { handOverWhenIncidentMerged } from './processes/hand-over-when-incident-merged.ts';
import { matchAlertWhenReported } from './processes/match-alert-when-reported.ts';
import { openIncidentWhenVerificationFailed } from './processes/open-incident-when-verification-failed.ts';
import { proposeCausesWhenDeploymentReportedLate } from './processes/propose-causes-when-deployment-reported-late.ts';
import { proposeCausesWhenIncidentDetected } from './processes/propose-causes-when-incident-detected.ts';
import { AlertRow } from './read/alert-list.entity.ts';
import { alertList } from './read/alert-list.projection.ts';
import { IncidentRow } from './read/incident-list.entity.ts';
import { incidentList } from './read/incident-list.projection.ts';
import { incidentRecord } from './read/incident.view.ts';
import { known } from './read/known.projection.ts';
import { alertPlaces, incidentPlaces } from './read/places.ts';
import { timeline } from './read/timeline.projection.ts';

const incidentDetails = recordController({
  category: 'incident',
  view: incidentRecord,
  answer: IncidentDto,
  read: 'incidents:read',
  write: 'incidents:write',
});

// In this order: `/v1/incidents/alerts` is not an incident.
@Module({
  controllers: [
    AlertsController,
    HooksController,
    IncidentsController,
    IncidentActionsController,
    ClassificationController,
    WarRoomController,
    TimelineController,
    MergingController,
    incidentDetails,
  ],
})
export class IncidentCorrelationModule {}

export const incidentCorrelation: ServiceDefinition = {
  name: 'incident-correlation',
  module: IncidentCorrelationModule,
  deciders: { alert, incident: withDetails('incident', incident) },
  places: { alert: alertPlaces, incident: incidentPlaces },
  entities: [IncidentRow, AlertRow],
  views: [incidentList, alertList, timeline],
  copies: [known],
  processes: [
    matchAlertWhenReported,
    attachAlertToIncident,
    openIncidentWhenVerificationFailed,
    proposeCausesWhenIncidentDetected,
    proposeCausesWhenDeploymentReportedLate,
    handOverWhenIncidentMerged,
    escalateWhenNotAcknowledged(acknowledgementTargets(process.env['INCIDENT_ACKNOWLEDGE_WITHIN'])),
  ],
  prepare: {
    MatchAlert: prepareMatch,
    BindAlert: prepareBind,
    OpenIncident: prepareOpen,
    ProposeCauses: prepareProposal,
    ConfirmCause: prepareConfirmation,
    MergeIncident: prepareMerge,
    AbsorbIncident: prepareAbsorption,
  },
  migrations: new URL('../migrations/', import.meta.url),
};
