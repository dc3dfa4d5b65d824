import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import type { Issuer } from '@slipway/edge';
import { stopTelemetry } from '@slipway/telemetry';
import type { ServiceDefinition } from './definition.ts';
import { issuerIn } from './issuer-in-environment.ts';
import { createHost, type Host, type HostOptions } from './host.ts';
import type { Transport } from './running.ts';

/**
 * Runs one service as a process of its own, from the environment: `DATABASE_URL` (of its role), `KAFKA_BROKERS` and
 * `TOPIC_PREFIX` (without brokers it reads the log), `OIDC_ISSUER`, `OIDC_…` (see `issuerIn`), `PORT`,
 * `GRPC_PORT`.
 */
export const startService = (definition: ServiceDefinition): Promise<Host> => {
  const url = required('DATABASE_URL');
  return serve({
    services: [definition],
    urlOf: () => url,
    transport: transportInEnvironment(),
    issuer: issuerInEnvironment(),
    httpPort: Number(process.env['PORT'] ?? 3000),
    grpcPort: Number(process.env['GRPC_PORT'] ?? 50051),
  });
};

/** Listens, says so, and drains on SIGTERM and SIGINT: nothing in hand is cut, then exit 0. */
export const serve = async (options: HostOptions, last: () => Promise<void> = async () => undefined): Promise<Host> => {
  const host = await createHost(options);
  await listening(host, options).catch((error: unknown) => giveUp(error, options));
  const drain = (): void => {
    host
      .close()
      .then(last)
      .then(stopTelemetry)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error(error);
          process.exit(1);
        },
      );
  };
  process.once('SIGTERM', drain);
  process.once('SIGINT', drain);
  process.stdout.write(`serving on ${options.httpPort}\n`);
  return host;
};

const listening = async ({ app }: Host, { httpPort, address = '0.0.0.0' }: HostOptions): Promise<void> => {
  await app.startAllMicroservices();
  await app.listen(httpPort, address);
};

const giveUp = (error: unknown, { httpPort, grpcPort }: HostOptions): never => {
  if (!String(error).includes('EADDRINUSE')) throw error;
  process.stderr.write(`Port ${httpPort} or ${grpcPort} is taken: set PORT and GRPC_PORT to free ones.\n`);
  process.exit(1);
};

const logger = new Logger('main');

const transportInEnvironment = (): Transport => {
  const { KAFKA_BROKERS: brokers, TOPIC_PREFIX: prefix = 'slipway' } = process.env;
  return brokers ? { kind: 'kafka', brokers: brokers.split(','), prefix } : { kind: 'log' };
};

const issuerInEnvironment = (): Issuer => {
  required('OIDC_ISSUER');
  try {
    return issuerIn(process.env) as Issuer;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
};

const required = (name: string): string => {
  const value = process.env[name];
  if (value) return value;
  process.stderr.write(`${name} is not set: see the table of settings in the README.\n`);
  process.exit(2);
};
