import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export type Heard = Readonly<{ id: string; type: string; body: string; headers: Readonly<Record<string, string>> }>;
export type Behavior = (response: ServerResponse, heard: Heard, nth: number) => void;

/** A receiver of webhooks for tests: keeps what it hears, and answers as it is told. */
export type Receiver = Readonly<{
  url: string;
  heard: readonly Heard[];
  behave: (behavior: Behavior) => void;
  /** Resolves once it has heard so much. */
  until: (enough: (heard: readonly Heard[]) => boolean) => Promise<void>;
  /** What the reference verifier makes of it. Throws when it refuses. */
  verified: (secret: string) => readonly unknown[];
  stop: () => Promise<void>;
}>;

const PATIENCE_MS = 15_000;
const ok: Behavior = response => void response.writeHead(204).end();

export const startReceiver = async (behavior: Behavior = ok): Promise<Receiver> => {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  let behaves = behavior;
  const server = createServer((request, response) => {
    void heardIn(request).then(each => {
      heard.push(each);
      behaves(response, each, heard.length);
      for (const look of waiting) look();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    heard,
    behave: next => void (behaves = next),
    until: enough =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`heard ${heard.length} in time: ${heard.map(({ type }) => type).join(', ')}`));
        }, PATIENCE_MS);
        const look = (): void => {
          if (!enough(heard)) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    verified: secret => heard.map(({ body, headers }) => new Webhook(secret).verify(body, { ...headers })),
    stop: async () => {
      server.close().closeAllConnections();
      await once(server, 'close');
    },
  };
};

const heardIn = async (request: IncomingMessage): Promise<Heard> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces).toString();
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const { type } = JSON.parse(body) as { type: string };
  return { id: headers['webhook-id'] ?? '', type, body, headers };
};
