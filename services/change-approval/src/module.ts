import { Module } from '@nestjs/common';
import type { ChangeEvent } from '@slipway/contracts';
import { ImportedRow, importedRecords, type ServiceDefinition } from '@slipway/service';
import {
  changePlaces,
  decisionPlaces,
  historyController,
  recordController,
  withDetails,
  withHistory,
} from '@slipway/records';
import { approvalPolicy } from './domain/approval-policy.ts';
import { change } from './domain/change.ts';
import { keeping } from './domain/keep-change.ts';
import { decision } from './domain/decision.ts';
import { ChangeDto } from './edge/changes.answers.dto.ts';
import { ChangeWorkController } from './edge/change-work.controller.ts';
import { ChangeByHandController } from './edge/change-by-hand.controller.ts';
import { ChangeListsController } from './edge/change-lists.controller.ts';
import { ChangeWorkGrpc } from './edge/change-work.grpc.ts';
import { ChangesController } from './edge/changes.controller.ts';
import { ChangesGrpc } from './edge/changes.grpc.ts';
import { DecisionsController } from './edge/decisions.controller.ts';
import { DecisionsGrpc } from './edge/decisions.grpc.ts';
import { ImportedChangeDto } from './edge/imported-changes.dto.ts';
import { readingChanges } from './edge/imported-changes.ts';
import { KeptChangesController } from './edge/kept-changes.controller.ts';
import { PoliciesController } from './edge/policies.controller.ts';
import { prepare } from './edge/prepare.ts';
import { cancelChangeWhenReleaseEnded } from './processes/cancel-change-when-release-ended.ts';
import { decideWhenDeploymentRequested } from './processes/decide-when-deployment-requested.ts';
import { flagChangeWhenUnauthorizedChangeDetected } from './processes/flag-change-when-unauthorized-change-detected.ts';
import { implementChangeWhenDeploymentStarted } from './processes/implement-change-when-deployment-started.ts';
import { raiseChangeWhenReleaseScheduled } from './processes/raise-change-when-release-scheduled.ts';
import { recordRunElsewhereWhenDeploymentMoves } from './processes/record-run-elsewhere-when-deployment-moves.ts';
import { reviewChangeWhenWindowOver } from './processes/review-change-when-window-over.ts';
import { reviseChangeWhenReleaseChanged } from './processes/revise-change-when-release-changed.ts';
import { settleTargetWhenDeploymentSettled } from './processes/settle-target-when-deployment-settled.ts';
import { ChangeRow } from './read/change-list.entity.ts';
import { changeList } from './read/change-list.projection.ts';
import { changeRecord } from './read/change.view.ts';
import { copies } from './read/copies.projection.ts';
import { DecisionRow } from './read/decision-list.entity.ts';
import { decisionList } from './read/decision-list.projection.ts';
import { idsNamed } from './read/known-names.query.ts';

const rest = [
  KeptChangesController,
  ChangeListsController,
  ChangeWorkController,
  ChangeByHandController,
  ChangesController,
  PoliciesController,
  DecisionsController,
];
const changeDetails = recordController({
  category: 'change',
  view: changeRecord,
  answer: ChangeDto,
  read: 'changes:read',
  write: 'changes:write',
});

const IMPORTED = 'change-approval.imported';

/** Its own list: what Slipway has to do with stands in the others. */
const importedChanges = importedRecords<Extract<ChangeEvent, { type: 'ChangeImported' }>>(
  'change',
  IMPORTED,
  ({ serviceIds, environmentIds }) => ({ serviceIds, environmentIds }),
);

const changeHistory = historyController({
  category: 'change',
  row: ImportedChangeDto,
  read: 'changes:read',
  consumer: IMPORTED,
  named: ({ dataSource }, kind, names) => idsNamed(dataSource, kind, names),
  reading: readingChanges,
});

// gRPC asks the controllers of REST, which makes them providers too.
@Module({
  controllers: [changeHistory, ...rest, changeDetails, ChangesGrpc, ChangeWorkGrpc, DecisionsGrpc],
  providers: rest,
})
export class ChangeApprovalModule {}

export const changeApproval: ServiceDefinition = {
  name: 'change-approval',
  module: ChangeApprovalModule,
  deciders: { change: withHistory('change', keeping(withDetails('change', change))), approvalPolicy, decision },
  places: { change: changePlaces, decision: decisionPlaces },
  entities: [ChangeRow, DecisionRow, ImportedRow],
  views: [changeList, decisionList, importedChanges],
  copies: [copies],
  processes: [
    raiseChangeWhenReleaseScheduled,
    reviseChangeWhenReleaseChanged,
    cancelChangeWhenReleaseEnded,
    decideWhenDeploymentRequested,
    implementChangeWhenDeploymentStarted,
    settleTargetWhenDeploymentSettled,
    recordRunElsewhereWhenDeploymentMoves,
    flagChangeWhenUnauthorizedChangeDetected,
    reviewChangeWhenWindowOver,
  ],
  prepare,
  grpc: { 'slipway.change_approval.v1': 'slipway/change_approval/v1/change_approval.proto' },
  migrations: new URL('../migrations/', import.meta.url),
};
