import { startServices } from '@slipway/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

// One PostgreSQL and one Kafka for all projects: tools/with-services.ts <command> <arguments>
const [command = '', ...args] = process.argv.slice(2);
const stop = await startServices();
const child = spawn(command, args, { stdio: 'inherit' });
// Ctrl-C reaches the child too, from the terminal: we wait for its end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill());
const [code] = await once(child, 'exit');
await stop();
process.exitCode = (code as number | null) ?? 1;
