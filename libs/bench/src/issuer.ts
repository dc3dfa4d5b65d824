import { localIssuer } from '@slipway/edge';
import { freePort } from '@slipway/embedded';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Whose tokens every application of the benchmark believes. */
export type BenchIssuer = Readonly<{
  environment: Readonly<{ OIDC_ISSUER: string; OIDC_JWKS_URL: string }>;
  tokens: readonly string[];
  /** A token of somebody with these roles. */
  sign: (subject: string, roles: readonly string[]) => Promise<string>;
  stop: () => Promise<void>;
}>;

const PEOPLE = 16;

export const startIssuer = async (): Promise<BenchIssuer> => {
  const port = await freePort();
  const name = `http://127.0.0.1:${port}`;
  const issuer = await localIssuer(name, 'slipway');
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(issuer.jwks));
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const people = Array.from({ length: PEOPLE }, (_, nth) => `rita${nth}@example.org`);
  return {
    environment: { OIDC_ISSUER: name, OIDC_JWKS_URL: `${name}/jwks.json` },
    tokens: await Promise.all(people.map(person => issuer.sign(person, ['release-manager']))),
    sign: (subject, roles) => issuer.sign(subject, roles),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
