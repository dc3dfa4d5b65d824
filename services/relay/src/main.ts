import { Logger } from '@nestjs/common';
import { connectKafka } from '@slipway/consumers';
import { startSequencer } from '@slipway/event-store';
import { publishedEnds, startRelay } from '@slipway/relay';
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

const kafka = connectKafka('slipway-relay', brokers);
const sequencer = startSequencer({
  url: sequencerUrl,
  published: () => publishedEnds(kafka, prefix),
  onError: complain('sequencer'),
});
const relay = startRelay({ url: relayUrl, kafka, prefix, onError: complain('relay') });
const operations = await listen(port, {
  databaseUrl: relayUrl,
  stats: () => ({ sequencer: sequencer.stats(), relay: relay.stats() }),
});
process.stdout.write(`serving on ${operations.port}\n`);

// They end by themselves only when a person has to act.
const refusalOf = (part: string, ended: Promise<void>): Promise<true> =>
  ended.then(
    () => true,
    (error: Error) => {
      complain(part)(error);
      return true;
    },
  );
const refused = await Promise.race([
  once(process, 'SIGTERM').then(() => false),
  once(process, 'SIGINT').then(() => false),
  refusalOf('sequencer', sequencer.ended),
  refusalOf('relay', relay.ended),
]);
await operations.close();
await Promise.all([relay.stop(), sequencer.stop()]);
await stopTelemetry();
process.exitCode = refused ? 1 : 0;
