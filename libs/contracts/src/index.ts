export { asyncApi, DEFAULT_TOPIC_PREFIX, topicOf } from './asyncapi.ts';
export * from './audit.ts';
export * from './catalog.ts';
export * from './change-approval.ts';
export { type AtItsPlace, type CloudEvent, cloudEventOf } from './cloud-event.ts';
export { type ContentParts, contentOf, evolveContent, noContent, type ReleaseParts } from './content.ts';
export { type Category, type EventOf, schemaOf } from './contract.ts';
export * from './deployment-execution.ts';
export {
  type DeploymentEnded,
  deploymentEnded,
  type DeploymentOutcome,
  deploymentOutcomeIn,
} from './deployment-outcome.ts';
export * from './incident-correlation.ts';
export { type NamedRecord, type Origin } from './imported.ts';
export { dataSchemaOf, eventTypeOnWire, jsonSchemaOf, SCHEMAS_PATH } from './json-schema.ts';
export type * as auditV1 from './grpc/slipway/audit/v1/events.ts';
export type * as changeApprovalV1 from './grpc/slipway/change_approval/v1/change_approval.ts';
export type * as deploymentExecutionV1 from './grpc/slipway/deployment_execution/v1/deployments.ts';
export type * as incidentCorrelationV1 from './grpc/slipway/incident_correlation/v1/incidents.ts';
export type * as notificationV1 from './grpc/slipway/notification/v1/subscriptions.ts';
export type * as planningV1 from './grpc/slipway/planning/v1/releases.ts';
export * from './metrics.ts';
export * from './notification.ts';
export * from './planning.ts';
export { protoDirectory } from './proto.ts';
export {
  isOwn,
  Label,
  nameOf,
  type OwnEvent,
  type RecordFact,
  recordFactIn,
  type RecordFacts,
  recordFacts,
} from './record.ts';
export {
  isDependencyMet,
  isLive,
  RELEASE_STATES,
  type ReleaseDeployment,
  releaseDeploymentsAfter,
  type ReleaseState,
  releaseStateAfter,
} from './release-life.ts';
export {
  categories,
  categoryNamed,
  cloudEventTypeOf,
  type EventType,
  eventTypes,
  inWords,
  upcast,
} from './registry.ts';
export { samples } from './samples/index.ts';
export { type TaskFact, taskFactIn, type TaskFacts } from './task.ts';
export type {
  Artifact,
  ChangeModel,
  Commit,
  Content,
  Envelope,
  ExternalRef,
  PullRequest,
  RiskLevel,
  RollbackPlan,
  ScopeItem,
  Target,
  Window,
} from './values.ts';
