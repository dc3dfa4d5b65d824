import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { configureHttp, httpOptions, localIssuer } from '@slipway/edge';
import { localIssuerController } from './local-issuer.controller.ts';

// The local issuer as a process of its own, for trying the distributed system out. Not for use beside a real one.
const { PORT = '3000', LOCAL_ISSUER: name = `http://localhost:${PORT}/local-issuer` } = process.env;

@Module({})
class IssuerModule {}

const controllers = [localIssuerController(await localIssuer(name, process.env['OIDC_AUDIENCE'] ?? 'slipway'))];
const app = await NestFactory.create<NestExpressApplication>(
  { module: IssuerModule, controllers },
  { ...httpOptions, logger: ['warn', 'error', 'fatal'] },
);
configureHttp(app);
app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
await app.listen(PORT);
process.stdout.write(`serving on ${PORT}\n`);
