import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import {
  alertPlaces,
  historyController,
  incidentPlaces,
  problemPlaces,
  RECORD_COMMANDS,
  recordController,
  withDetails,
  withHistory,
} from '@slipway/records';
import { alert } from './domain/alert.ts';
import { acknowledgementTargets } from './domain/acknowledgement.ts';
import { JUDGED_OF_HISTORY } from './domain/imported-incident.ts';
import { incident } from './domain/incident.ts';
import { problem } from './domain/problem.ts';
import { review } from './domain/review.ts';
import { AlertsController } from './edge/alerts.controller.ts';
import { ClassificationController } from './edge/classification.controller.ts';
import { CorrelationController } from './edge/correlation.controller.ts';
import { HooksController } from './edge/hooks.controller.ts';
import { ImportedIncidentDto } from './edge/imported-incidents.dto.ts';
import { readingIncidents } from './edge/imported-incidents.ts';
import { IncidentActionsController } from './edge/incident-actions.controller.ts';
import { IncidentDetails } from './edge/incident-details.controller.ts';
import { IncidentWorkGrpc } from './edge/incident-work.grpc.ts';
import { IncidentsController } from './edge/incidents.controller.ts';
import { IncidentsGrpc } from './edge/incidents.grpc.ts';
import { MergingController } from './edge/merging.controller.ts';
import { ProblemsController } from './edge/problems.controller.ts';
import { ProblemDto } from './edge/problems.dto.ts';
import { ReviewActionsController } from './edge/review-actions.controller.ts';
import { ReviewsController } from './edge/reviews.controller.ts';
import { ReviewDto } from './edge/reviews.dto.ts';
import { TimelineController } from './edge/timeline.controller.ts';
import { WarRoomController } from './edge/war-room.controller.ts';
import { prepareConfirmation, prepareProposal } from './prepare/causes.ts';
import { prepareBind, prepareMatch } from './prepare/incident-of-alert.ts';
import { prepareOpen } from './prepare/incident-of-verification.ts';
import { prepareAbsorption, prepareCancellation, prepareMerge } from './prepare/merging.ts';
import { attachAlertToIncident } from './processes/attach-alert-to-incident.ts';
import { escalateWhenNotAcknowledged } from './processes/escalate-when-not-acknowledged.ts';
import { handOverWhenIncidentMerged } from './processes/hand-over-when-incident-merged.ts';
import { matchAlertsWhenCatalogLearns } from './processes/match-alerts-when-catalog-learns.ts';
import { matchAlertWhenReported } from './processes/match-alert-when-reported.ts';
import { openIncidentWhenVerificationFailed } from './processes/open-incident-when-verification-failed.ts';
import { proposeCausesWhenDeploymentReportedLate } from './processes/propose-causes-when-deployment-reported-late.ts';
import { proposeCausesWhenIncidentDetected } from './processes/propose-causes-when-incident-detected.ts';
import { scheduleReviewWhenChangeUnsuccessful } from './processes/schedule-review-when-change-unsuccessful.ts';
import { scheduleReviewWhenIncidentCallsForIt } from './processes/schedule-review-when-incident-calls-for-it.ts';
import { AlertRow } from './read/alert-list.entity.ts';
import { alertList } from './read/alert-list.projection.ts';
import { IncidentRow } from './read/incident-list.entity.ts';
import { incidentList } from './read/incident-list.projection.ts';
import { idsNamed } from './read/known-names.query.ts';
import { known } from './read/known.projection.ts';
import { ProblemRow } from './read/problem-list.entity.ts';
import { problemList } from './read/problem-list.projection.ts';
import { problemRecord } from './read/problem.view.ts';
import { ReviewRow } from './read/review-list.entity.ts';
import { reviewList } from './read/review-list.projection.ts';
import { reviewRecord } from './read/review.view.ts';
import { timeline } from './read/timeline.projection.ts';

const incidentHistory = historyController({
  category: 'incident',
  row: ImportedIncidentDto,
  read: 'incidents:read',
  named: ({ dataSource }, kind, names) => idsNamed(dataSource, kind, names),
  reading: readingIncidents,
});

const problemDetails = recordController({
  category: 'problem',
  view: problemRecord,
  answer: ProblemDto,
  read: 'incidents:read',
  write: 'incidents:write',
});

const reviewDetails = recordController({
  category: 'review',
  view: reviewRecord,
  answer: ReviewDto,
  read: 'incidents:read',
  write: 'incidents:write',
});

// In this order: `/v1/incidents/alerts` is not an incident.
@Module({
  controllers: [
    AlertsController,
    HooksController,
    incidentHistory,
    CorrelationController,
    IncidentsController,
    IncidentActionsController,
    ClassificationController,
    WarRoomController,
    TimelineController,
    MergingController,
    IncidentDetails,
    ProblemsController,
    problemDetails,
    ReviewsController,
    ReviewActionsController,
    reviewDetails,
    IncidentsGrpc,
    IncidentWorkGrpc,
  ],
  // gRPC asks the controllers of REST, which makes them providers too.
  providers: [
    IncidentsController,
    IncidentActionsController,
    ClassificationController,
    WarRoomController,
    IncidentDetails,
  ],
})
export class IncidentCorrelationModule {}

export const incidentCorrelation: ServiceDefinition = {
  name: 'incident-correlation',
  module: IncidentCorrelationModule,
  deciders: {
    alert,
    incident: withHistory('incident', withDetails('incident', incident), {
      takes: [...JUDGED_OF_HISTORY, ...RECORD_COMMANDS],
    }),
    problem: withDetails('problem', problem),
    review: withDetails('review', review),
  },
  places: { alert: alertPlaces, incident: incidentPlaces, problem: problemPlaces },
  entities: [IncidentRow, AlertRow, ProblemRow, ReviewRow],
  views: [incidentList, alertList, timeline, problemList, reviewList],
  copies: [known],
  processes: [
    matchAlertWhenReported,
    matchAlertsWhenCatalogLearns,
    attachAlertToIncident,
    openIncidentWhenVerificationFailed,
    proposeCausesWhenIncidentDetected,
    proposeCausesWhenDeploymentReportedLate,
    handOverWhenIncidentMerged,
    scheduleReviewWhenIncidentCallsForIt,
    scheduleReviewWhenChangeUnsuccessful,
    escalateWhenNotAcknowledged(acknowledgementTargets(process.env['INCIDENT_ACKNOWLEDGE_WITHIN'])),
  ],
  grpc: { 'slipway.incident_correlation.v1': 'slipway/incident_correlation/v1/incidents.proto' },
  prepare: {
    MatchAlert: prepareMatch,
    BindAlert: prepareBind,
    OpenIncident: prepareOpen,
    ProposeCauses: prepareProposal,
    ConfirmCause: prepareConfirmation,
    CancelIncident: prepareCancellation,
    MergeIncident: prepareMerge,
    AbsorbIncident: prepareAbsorption,
  },
  migrations: new URL('../migrations/', import.meta.url),
};
