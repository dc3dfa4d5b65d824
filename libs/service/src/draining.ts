import type { Server, ServerResponse } from 'node:http';

/**
 * Answers a function that begins to drain: from then on each answer ends its connection. `server.close()` alone waits for
 * connections that are kept alive for as long as their clients find something to ask.
 */
export const draining = (server: Server): (() => void) => {
  const inHand = new Set<ServerResponse>();
  let drains = false;
  server.prependListener('request', (_, response) => {
    if (drains) response.setHeader('Connection', 'close');
    inHand.add(response);
    response.once('close', () => inHand.delete(response));
  });
  return () => {
    drains = true;
    for (const response of inHand) if (!response.headersSent) response.setHeader('Connection', 'close');
  };
};
