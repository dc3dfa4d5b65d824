import 'reflect-metadata';
import { serve } from '@slipway/service';
import { resolve } from 'node:path';
import { orGiveUp, prepareStandalone } from './standalone.ts';

const { PORT = '3000', GRPC_PORT = '50051', SLIPWAY_DATA = '.slipway' } = process.env;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const { host, stop } = await orGiveUp(
  prepareStandalone({
    directory: resolve(SLIPWAY_DATA),
    httpPort: Number(PORT),
    grpcPort: Number(GRPC_PORT),
    say,
  }),
);
await serve(host, stop);
say(
  `Try http://localhost:${PORT}/docs, and \`npx slipway token --as you@example.org --role administrator\`. Ctrl-C ends it.`,
);
