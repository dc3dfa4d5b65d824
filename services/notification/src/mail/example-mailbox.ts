import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Received = Readonly<{
  to: readonly string[];
  subject: string;
  text: string;
  messageId: string;
  raw: string;
}>;

/** An SMTP server for tests: keeps what it gets, and refuses whom it is told to. */
export type Mailbox = Readonly<{
  url: string;
  received: readonly Received[];
  refuse: (address: string, code: number, times: number) => void;
  until: (enough: (received: readonly Received[]) => boolean) => Promise<void>;
  stop: () => Promise<void>;
}>;

const PATIENCE_MS = 15_000;

export const startMailbox = async (): Promise<Mailbox> => {
  const received: Received[] = [];
  const refusals = new Map<string, { code: number; times: number }>();
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, callback) => {
      const refusal = refusals.get(address);
      if (!refusal || refusal.times === 0) return callback();
      refusal.times -= 1;
      callback(Object.assign(new Error('no'), { responseCode: refusal.code }));
    },
    onData: (stream, session, callback) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, ...readMail(Buffer.concat(pieces).toString()) });
        callback();
        for (const look of waiting) look();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    refuse: (address, code, times) => void refusals.set(address, { code, times }),
    until: enough =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`got ${received.length} mails in time`)), PATIENCE_MS);
        const look = (): void => {
          if (!enough(received)) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    stop: () => new Promise(resolve => server.close(() => resolve())),
  };
};

const readMail = (raw: string) => {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const header = (name: string): string =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(head.replaceAll(/\r\n\s+/g, ' '))?.[1] ?? '';
  const text = rest.join('\r\n\r\n').replaceAll(/=\r\n/g, '').trim();
  return { raw, subject: header('Subject'), messageId: header('Message-ID'), text };
};
