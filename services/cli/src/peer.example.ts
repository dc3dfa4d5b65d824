import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { run } from './program.ts';

export type Asked = Readonly<{ method: string; path: string; headers: IncomingHttpHeaders; body: string }>;
export type Reply = Readonly<{ status?: number; body: object | string; link?: string; cut?: boolean }>;

export type Peer = Readonly<{
  url: string;
  asked: readonly Asked[];
  /** Runs a command line against it, with nothing from this process's environment. */
  slipway: (...words: string[]) => Promise<Ran>;
  close: () => void;
}>;

export type Ran = Readonly<{ exitCode: number; out: string; err: string }>;

/** A server that answers as it is told: for what a real one says too rarely, such as nothing at all. */
export const peer = async (answer: (asked: Asked) => Reply | undefined): Promise<Peer> => {
  const asked: Asked[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body: await text(request) };
    asked.push(one);
    const { status = 200, body, link, cut = false } = answer(one) ?? NOT_FOUND;
    if (cut) response.destroy();
    else
      response
        .writeHead(status, link === undefined ? {} : { link })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, slipway: (...words) => slipway({ SLIPWAY_URL: url }, ...words), close: () => server.close() };
};

const NOT_FOUND: Reply = { status: 404, body: { status: 404, code: 'not-found', detail: 'Nothing is here.' } };

/** Runs a command line in this environment; colors show as their names. */
export const slipway = async (env: Readonly<Record<string, string>>, ...words: string[]): Promise<Ran> => {
  const said = { out: '', err: '' };
  const exitCode = await run(words, {
    env,
    out: more => void (said.out += more),
    err: more => void (said.err += more),
    paint: (_style, painted) => painted,
  });
  return { exitCode, ...said };
};
