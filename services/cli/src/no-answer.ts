import { Problem, Unreachable } from './failures.ts';

const WHERE = '--url or SLIPWAY_URL says where Slipway is.';
const TOKEN =
  'SLIPWAY_TOKEN or --token takes one; `slipway token --as you@example.org --role viewer` makes one for trying things out';

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'no network, or no name server',
  ENETUNREACH: 'no network',
  EHOSTUNREACH: 'no way to that host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks http, not https',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
};

/** Nothing came back: why, and what to look at. */
export const unreachable = (base: string, error: unknown): Unreachable => {
  const { cause = error } = error as { cause?: unknown };
  const { code, message, name } = cause as { code?: unknown; message?: unknown; name?: unknown };
  const words = name === 'TimeoutError' ? 'no answer in time' : (CAUSES[String(code)] ?? String(code ?? message));
  return new Unreachable(`${base} cannot be reached: ${words}. ${WHERE}`, { cause: error });
};

/** Something came back that Slipway would not say. */
export const foreign = (base: string): Unreachable =>
  new Unreachable(`What answers at ${base} is not Slipway. ${WHERE}`);

/** Who asks is not known: what is wrong with the token, as far as it can be seen in it, and where another one comes from. */
export const unknownBearer = (token: string | undefined, { status, code, message }: Problem): Problem => {
  const why = token === undefined ? 'No token is given' : (expiryOf(token) ?? `The token is not good: ${message}`);
  return new Problem(status, code, `${why.replace(/\.$/, '')}. ${TOKEN}.`);
};

const expiryOf = (token: string): string | undefined => {
  const claims = claimsIn(token);
  if (typeof claims !== 'object' || claims === null || !('exp' in claims)) return undefined;
  const { exp } = claims;
  if (typeof exp !== 'number' || exp * 1_000 > Date.now()) return undefined;
  return `The token has expired at ${new Date(exp * 1_000).toISOString().replace('.000', '')}`;
};

const claimsIn = (token: string): unknown => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
};
