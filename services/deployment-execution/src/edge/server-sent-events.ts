import { Logger } from '@nestjs/common';
import type { Response } from 'express';
import { once } from 'node:events';

/** Without data it only says where the reader is, and keeps the connection warm. */
export type Message = Readonly<{ id: string; event?: string; data?: object }>;

const RETRY_MS = 2_000;
const logger = new Logger('live');

/** Writes messages as server-sent events until they end, and then says so; the reader may be slow, or go. */
export const sendEvents = async (
  response: Response,
  messages: AsyncIterable<Message>,
  signal: AbortSignal,
): Promise<void> => {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // A proxy must not wait until it has a page of them.
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${RETRY_MS}\n\n`);
  try {
    for await (const message of messages) {
      if (signal.aborted) break;
      if (!response.write(textOf(message))) await once(response, 'drain', { signal }).catch(() => undefined);
    }
    if (!signal.aborted) response.write('event: end\ndata: {}\n\n');
    response.end();
  } catch (error) {
    // Too late for a problem: the reader comes again, and is told then.
    logger.warn(error instanceof Error ? error.message : String(error));
    response.destroy();
  }
};

// JSON has no line break of its own, so one line of data is all of it.
const textOf = ({ id, event, data }: Message): string =>
  data ? `id: ${id}\nevent: ${event ?? 'message'}\ndata: ${JSON.stringify(data)}\n\n` : `id: ${id}\n\n`;
