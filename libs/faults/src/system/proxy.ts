import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How often a connection is cut: where the answer of an append that went through is about to pass, and at any piece. */
export type Cutting = Readonly<{ answers: number; anywhere: number }>;

export const NEVER: Cutting = { answers: 0, anywhere: 0 };

/** Between a service and PostgreSQL. */
export type Proxy = Readonly<{
  url: string;
  cut: (cutting: Cutting) => void;
  /** Answers of appends that were committed and never told. */
  answersCut: () => number;
  stop: () => Promise<void>;
}>;

export const startProxy = async (target: string): Promise<Proxy> => {
  let cutting = NEVER;
  let answersCut = 0;
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(target);
  const server = createServer(client => {
    const database = connect(Number(port), hostname);
    const cut = (): void => [client, database].forEach(socket => socket.destroy());
    for (const socket of [client, database]) {
      sockets.add(socket.setNoDelay());
      socket.on('error', cut).on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    let isAppending = false;
    client.on('data', (piece: Buffer) => {
      isAppending ||= piece.includes(APPENDING);
      if (Math.random() < cutting.anywhere) cut();
      else pass(piece, client, database);
    });
    database.on('data', (piece: Buffer) => {
      const isCommitted = isAppending && piece.subarray(-READY.length).equals(READY);
      if (isCommitted) isAppending = false;
      if (isCommitted && Math.random() < cutting.answers) {
        answersCut += 1;
        cut();
      } else pass(piece, database, client);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut: wanted => (cutting = wanted),
    answersCut: () => answersCut,
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
};

// In every envelope that is sent; nothing but an append sends one.
const APPENDING = '"correlationId"';
// ReadyForQuery, outside of a transaction: what was sent has been committed, or has failed.
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

const pass = (piece: Buffer, from: Socket, to: Socket): void => {
  if (to.write(piece)) return;
  from.pause();
  to.once('drain', () => from.resume());
};
