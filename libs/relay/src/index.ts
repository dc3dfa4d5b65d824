export { relayMigrations } from './migrations.ts';
export { DEFAULT_PREFIX, type RelayOptions } from './options.ts';
export { type Relay, type RelayStats, startRelay } from './relay.ts';
export { createTopics, RelayRefused, requireTopics, type TopicOptions, topicsOf } from './topics.ts';
