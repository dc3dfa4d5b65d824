/**
 * What a service does with this library:
 *
 *   const hints = logHints(listenUrl);                                   // one a process; log transport only
 *   const source: Source = { kind: 'log', store, pool, hints };          // or { kind: 'kafka', store, pool, kafka, prefix }
 *   app.connectMicroservice({ strategy: consumerTransport(source, projecting(releases)) });
 *   const runner = reacting('planning', processes);                      // a Subscription: one consumer for all of them
 *   app.connectMicroservice({ strategy: consumerTransport(source, runner) });
 *   const dispatcher = startDispatcher({ service: 'planning', pool, processes: runner, carryOut });
 *   const shown = progressOf(source);     // shown.position(releases), .waitFor(releases, { stream, version }, ms), .waitUntil(…)
 *   const parking = parkingOf(source, [projecting(releases), runner]);   // .parked(), .replay(…), .skip(…)
 *   const rebuilder = startRebuilder({ service: 'planning', pool, views: [{ projection: releases, source }] }); // .ask(…), .cancel(…)
 *   const standings = standingsOf(pool, [{ view: releases, source }]);   // .list(), and metrics of lag
 *
 * A `Projection` fits wherever a `View` is asked. Tables: `migrations/`, applied in each service's own schema.
 * Stop order: the application (drains the transports), `dispatcher.stop()`, `rebuilder.stop()`, `standings.stop()`,
 * `hints.stop()`, the pool.
 */
export { consumerTransport, type ConsumerTransport } from './consumer-transport.ts';
export { type CarriedOut, type CarryOut, type Clock, type Dispatcher, startDispatcher } from './dispatcher.ts';
export { type Followed, following, followingFor, type Wanted } from './following.ts';
export { inRepeatableTransaction, inTransaction } from './in-transaction.ts';
export { type DueInstruction, type InstructionInTrouble, instructionsInTrouble } from './instructions.ts';
export { connectKafka } from './kafka.ts';
export { type FeedRecord, type KafkaPublisher, kafkaPublisher } from './kafka-publisher.ts';
export { type LogHints, logHints } from './log-hints.ts';
export { consumersMigrations } from './migrations.ts';
export { type By, type Parked, type Parking, parkingOf } from './parking.ts';
export { partitionOf, topicOf } from './place.ts';
export { type Passed, type Progress, progressOf } from './progress.ts';
export { projecting } from './projecting.ts';
export { type ProcessRunner, reacting } from './reacting.ts';
export { acceptLife } from './rebuild/accepting.ts';
export { type Rebuildable, type Rebuilder, startRebuilder } from './rebuild/rebuilder.ts';
export type { RebuildProgress, RebuildStatus } from './rebuild/rebuilds.ts';
export { type RowOf, rowPerStream } from './row-per-stream.ts';
export { defaults, type KafkaSource, type LogSource, type Settings, type Source } from './source.ts';
export { type Standing, type Standings, standingsOf } from './standing.ts';
export {
  type AnyProcess,
  type Delivery,
  type Handler,
  type Projection,
  projection,
  type Subscription,
  type View,
} from './subscription.ts';
