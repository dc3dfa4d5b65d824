import { ConsoleLogger, type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type LogHints, logHints } from '@slipway/consumers';
import { protoDirectory } from '@slipway/contracts';
import {
  AskGuard,
  type Authority,
  configureHttp,
  grpcServer,
  httpOptions,
  type Issuer,
  serveOpenApi,
} from '@slipway/edge';
import { AccountKeys, Grants } from '@slipway/event-store';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { ServiceDefinition } from './definition.ts';
import { draining } from './draining.ts';
import { HealthController, Readiness } from './health.controller.ts';
import { operationsOf } from './operations.controller.ts';
import { type Running, runService, type Transport } from './running.ts';
import { Service } from './service.ts';

export type HostOptions = Readonly<{
  services: readonly ServiceDefinition[];
  /** By the name of a service: the database as its role. */
  urlOf: (service: string) => string;
  transport: Transport;
  issuer: Issuer;
  /** Where it listens; everywhere when absent. */
  address?: string;
  httpPort: number;
  grpcPort: number;
  /** Beside the services' own, such as a local issuer. */
  controllers?: readonly Type[];
  /** Connections a service keeps to the database. */
  poolSize?: number;
}>;

export type Host = Readonly<{
  app: NestExpressApplication;
  running: readonly Running[];
  /** Answers what is in hand, lets every record in hand finish, and lets go of the database. */
  close: () => Promise<void>;
}>;

@Module({})
class HostModule {}

/** One application of one service, or of many: HTTP, gRPC where a service has it, and its consumers. Not yet listening. */
export const createHost = async (options: HostOptions): Promise<Host> => {
  const hints = logHints(options.urlOf(firstOf(options.services).name));
  const running: Running[] = [];
  for (const definition of options.services) running.push(await runService(definition, options, hints));
  const app = await NestFactory.create<NestExpressApplication>(moduleOf(options, running), {
    ...httpOptions,
    logger: logger(),
    forceCloseConnections: false,
  });
  configureHttp(app);
  const drain = draining(app.getHttpServer() as Server);
  app.useGlobalGuards(new AskGuard(options.issuer, authorityOf(running)));
  for (const each of running) {
    for (const strategy of each.transports) app.connectMicroservice<MicroserviceOptions>({ strategy });
  }
  const grpc = grpcOf(options);
  if (grpc) app.connectMicroservice<MicroserviceOptions>(grpc.options, { inheritAppConfig: true });
  serveOpenApi(app, 'Slipway');
  return {
    app,
    running,
    close: () => {
      drain();
      return closed(app, running, hints);
    },
  };
};

// What needs somebody's attention only: lines for people on a terminal, JSON for machines.
const logger = (): ConsoleLogger =>
  new ConsoleLogger({ json: !process.stdout.isTTY, logLevels: ['warn', 'error', 'fatal'] });

const moduleOf = ({ controllers = [] }: HostOptions, running: readonly Running[]): DynamicModule => ({
  module: HostModule,
  imports: running.map(each => ({
    module: each.definition.module,
    controllers: [operationsOf(each)],
    providers: [{ provide: Service, useValue: each.service }],
  })),
  controllers: [HealthController, ...controllers],
  providers: [{ provide: Readiness, useValue: new Readiness(running.map(({ service }) => service)) }],
});

// The directory and the log are the same whichever service asks.
const authorityOf = ([first]: readonly Running[]): Authority => {
  if (!first) throw new Error('a host of no service knows nobody');
  const { service, pool } = first;
  const grants = new Grants(pool);
  const keys = new AccountKeys(pool);
  return {
    pseudonymOf: alias => service.directory.pseudonym(alias),
    grantsOf: (pseudonym, at) => grants.heldBy(pseudonym, at),
    keyOf: (account, kid, at) => keys.inForce(account, kid, at),
  };
};

const grpcOf = ({ services, address = '0.0.0.0', grpcPort }: HostOptions) => {
  const packages = Object.assign({}, ...services.map(({ grpc = {} }) => grpc)) as Record<string, string>;
  if (Object.keys(packages).length === 0) return undefined;
  const files = Object.fromEntries(Object.entries(packages).map(([name, file]) => [name, join(protoDirectory, file)]));
  return grpcServer(`${address}:${grpcPort}`, protoDirectory, files);
};

const closed = async (app: NestExpressApplication, running: readonly Running[], hints: LogHints): Promise<void> => {
  await app.close();
  for (const each of running) await each.stop();
  await hints.stop();
};

const firstOf = ([first]: readonly ServiceDefinition[]): ServiceDefinition => {
  if (!first) throw new Error('a host needs a service');
  return first;
};
