import type { IncomingMessage, ServerResponse } from 'node:http';

type Running = Readonly<{
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  stop: () => Promise<void>;
}>;

let running: Running | undefined;

/** Said once, by `start.ts`. */
export const runsAs = (telemetry: Running): void => {
  running = telemetry;
};

/** Answers `/metrics` in Prometheus' text format on whatever server it is put; empty when no telemetry was started. */
export const metricsHandler = (request: IncomingMessage, response: ServerResponse): void => {
  if (running) return running.answer(request, response);
  response.setHeader('content-type', 'text/plain');
  response.end('# telemetry is not started: node --import @slipway/telemetry/start\n');
};

/** Sends what is still held back. To be called after the drain; never throws. */
export const stopTelemetry = async (): Promise<void> => {
  const stopping = running;
  running = undefined;
  await stopping?.stop().catch(() => undefined);
};
