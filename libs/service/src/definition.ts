import type { Type } from '@nestjs/common';
import type { AnyProcess, Progress, Projection } from '@slipway/consumers';
import type { AnyDecider, Check, Directory, EventStore } from '@slipway/event-store';
import type { Message, Recorded } from '@slipway/event-sourcing';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { everywhere, type Placing } from './within-scope.ts';

/** Everything that makes up a service. Its role is `slipway_<name>` and its schema `<name>`, with `_` for `-`. */
export type ServiceDefinition = Readonly<{
  name: string;
  /** Its controllers; `Service` is injected. */
  module: Type;
  /** By stream category: what it decides on. */
  deciders: Readonly<Record<string, unknown>>;
  /** By stream category: where its records take place. Of those that are not here, everywhere. */
  places?: Readonly<Record<string, unknown>>;
  entities: readonly EntityTarget<ObjectLiteral>[];
  /** Over Kafka where there is one, else over the log. */
  views: readonly Projection[];
  /** Always over the log, in its one order: what decisions are taken on. */
  copies?: readonly Projection[];
  processes: readonly unknown[];
  /** By command type: facts that the decider cannot know, looked up before it is asked. */
  prepare?: Readonly<Record<string, Prepare>>;
  /** gRPC package to proto file. */
  grpc?: Readonly<Record<string, string>>;
  /** Of its own schema, one statement a file. */
  migrations: URL;
}>;

/** The command with the facts, and the streams they were read from: when one of those moves, it is prepared again. */
export type Prepared = Readonly<{ command: Message; checks?: readonly Check[] }>;

/** What a preparation may read: the store, and the service's own tables. */
export type Sources = Readonly<{
  store: EventStore;
  dataSource: DataSource;
  /** Who people are, as far as this service may know. */
  directory: Directory;
  /** How far the copies are. */
  copied: Progress;
  definition: ServiceDefinition;
  /** Encrypts free text under the key of its record. */
  seal(stream: string, text: string): Promise<string>;
}>;

export type Prepare = (command: Message, to: string, sources: Sources) => Promise<Prepared>;

/** The view of one record: a fold of its stream. */
export type RecordView<Event extends Message = never, View extends object = object> = {
  bivariant(view: View | undefined, event: Recorded<Event>): View | undefined;
}['bivariant'];

export const decidersOf = (definition: ServiceDefinition): Readonly<Record<string, AnyDecider>> =>
  definition.deciders as Readonly<Record<string, AnyDecider>>;
export const placingOf = (definition: ServiceDefinition, category: string): Placing =>
  (definition.places?.[category] as Placing | undefined) ?? everywhere;
export const processesOf = (definition: ServiceDefinition): readonly AnyProcess[] =>
  definition.processes as readonly AnyProcess[];
