export { publishedEnds } from './last-records.ts';
export { relayMigrations } from './migrations.ts';
export { DEFAULT_PREFIX, type RelayOptions } from './options.ts';
export { RecoveryRefused, type Progress, type RecoveryOptions } from './recovery/options.ts';
export {
  type Finding,
  findTail,
  type NewIncarnation,
  openIncarnation,
  reasonsOf,
  takeTailBack,
} from './recovery/recover.ts';
export { type Relay, type RelayStats, startRelay } from './relay.ts';
export { type RelayStatus, relayStatus, topicStatus, type TopicStatus } from './status.ts';
export { createTopics, feedsOf, RelayRefused, requireTopics, type TopicOptions, topicsOf } from './topics.ts';
export { verifyTopics, type VerifyTopicsOptions } from './verify-topics.ts';
