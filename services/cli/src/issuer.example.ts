import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type ExampleIssuer = Readonly<{
  url: string;
  /** What was asked of its endpoints, in order. */
  asked: readonly (Readonly<Record<string, string>> & { readonly path: string })[];
  /** Answers to the token endpoint, one after the other. */
  answers: { status: number; body: object }[];
  close: () => void;
}>;

/** An issuer that knows the device authorization grant (RFC 8628), refresh tokens and revocation (RFC 7009). */
export const exampleIssuer = async (): Promise<ExampleIssuer> => {
  const asked: ({ path: string } & Record<string, string>)[] = [];
  const answers: { status: number; body: object }[] = [];
  let url = '';
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { url: path = '' } = request;
    const body = Object.fromEntries(new URLSearchParams(await text(request)));
    asked.push({ ...body, path });
    const { status, body: answer } = answerOf(path, url) ?? answers.shift() ?? { status: 500, body: {} };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, answers, close: () => server.close() };
};

const answerOf = (path: string, url: string): { status: number; body: object } | undefined => {
  if (path === '/.well-known/openid-configuration') return { status: 200, body: metadataOf(url) };
  if (path === '/device') return { status: 200, body: deviceOf(url) };
  return path === '/revoke' ? { status: 200, body: {} } : undefined;
};

const metadataOf = (url: string): object => ({
  issuer: url,
  token_endpoint: `${url}/token`,
  device_authorization_endpoint: `${url}/device`,
  revocation_endpoint: `${url}/revoke`,
  jwks_uri: `${url}/keys`,
});

const deviceOf = (url: string): object => ({
  device_code: 'device-1',
  user_code: 'WDJB-MJHT',
  verification_uri: `${url}/activate`,
  expires_in: 600,
  interval: 0.01,
});
