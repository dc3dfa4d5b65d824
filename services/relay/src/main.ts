import { Logger } from '@nestjs/common';
import { connectKafka } from '@slipway/consumers';
import { startSequencer } from '@slipway/event-store';
import { startRelay } from '@slipway/relay';
import { stopTelemetry } from '@slipway/telemetry';
import { once } from 'node:events';
import { listen } from './operations.ts';
import { settingsFrom } from './settings.ts';

Logger.overrideLogger(['fatal', 'error', 'warn', 'log']); // what kafkajs tries again by itself is debug
const { sequencerUrl, relayUrl, brokers, prefix, port } = settingsFrom(process.env);
const complain =
  (part: string) =>
  (error: Error): void =>
    void process.stderr.write(`${part}: ${error.message}\n`);

const sequencer = startSequencer({ url: sequencerUrl, onError: complain('sequencer') });
const relay = startRelay({
  url: relayUrl,
  kafka: connectKafka('slipway-relay', brokers),
  prefix,
  onError: complain('relay'),
});
const operations = await listen(port, {
  databaseUrl: relayUrl,
  stats: () => ({ sequencer: sequencer.stats(), relay: relay.stats() }),
});
process.stdout.write(`serving on ${operations.port}\n`);

// The relay ends by itself only when a person has to act.
const refused = await Promise.race([
  once(process, 'SIGTERM').then(() => undefined),
  once(process, 'SIGINT').then(() => undefined),
  relay.ended.then(
    () => undefined,
    (error: Error) => error,
  ),
]);
if (refused) complain('relay')(refused);
await operations.close();
await Promise.all([relay.stop(), sequencer.stop()]);
await stopTelemetry();
process.exitCode = refused ? 1 : 0;
