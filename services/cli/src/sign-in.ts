import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as oidc from 'openid-client';
import { Unreachable, WrongUsage } from './failures.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where somebody signs in: an OpenID Connect issuer, and what it knows this program as. */
export type Provider = Readonly<{ issuer: string; clientId: string; scope: string }>;

/** Somebody who is signed in, at one Slipway. */
export type SignedIn = Provider &
  Readonly<{
    /** The address of the Slipway that these tokens are for: they are sent nowhere else. */
    url: string;
    accessToken: string;
    /** Milliseconds since 1970. */
    expiresAt: number;
    refreshToken?: string;
  }>;

/** What to open, and what to enter there. */
export type Prompt = Readonly<{ url: string; code: string }>;

/** Of one person on this machine: `SLIPWAY_SESSION`, else in the place for settings. Undefined: there is no such place. */
export const sessionFile = ({ SLIPWAY_SESSION: file, XDG_CONFIG_HOME: settings, HOME: home }: Environment) => {
  if (file) return file;
  if (settings) return join(settings, 'slipway', 'session.json');
  return home ? join(home, '.config', 'slipway', 'session.json') : undefined;
};

/** By the device authorization grant (RFC 8628): somebody confirms it in a browser, on this machine or another. */
export const signIn = async (provider: Provider, url: string, ask: (prompt: Prompt) => void): Promise<SignedIn> => {
  const configuration = await configurationOf(provider);
  const device = await told(oidc.initiateDeviceAuthorization(configuration, { scope: provider.scope }));
  ask({ url: device.verification_uri_complete ?? device.verification_uri, code: device.user_code });
  const tokens = await told(oidc.pollDeviceAuthorizationGrant(configuration, device));
  return { ...provider, url, ...tokensIn(tokens) };
};

/** The same with new tokens, as far as the issuer gives some. Throws `Unreachable` when it does not. */
export const refreshed = async (signedIn: SignedIn): Promise<SignedIn> => {
  const { refreshToken = '' } = signedIn;
  const tokens = await told(oidc.refreshTokenGrant(await configurationOf(signedIn), refreshToken));
  return { ...signedIn, ...tokensIn(tokens) };
};

/** Tells the issuer that the tokens are not needed any more, where it wants to know. */
export const signOut = async (signedIn: SignedIn): Promise<void> => {
  const configuration = await configurationOf(signedIn);
  if (configuration.serverMetadata().revocation_endpoint === undefined) return;
  await told(oidc.tokenRevocation(configuration, signedIn.refreshToken ?? signedIn.accessToken));
};

const SOON_MS = 30_000;

export const isOver = ({ expiresAt }: SignedIn, now: number): boolean => expiresAt - now <= SOON_MS;

const configurationOf = async ({ issuer, clientId }: Provider): Promise<oidc.Configuration> => {
  if (!URL.canParse(issuer)) throw new WrongUsage(`${issuer} is no address of an issuer.`);
  const url = new URL(issuer);
  // Without TLS on this machine only.
  const insecure = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const options = insecure ? { execute: [oidc.allowInsecureRequests] } : {};
  return told(oidc.discovery(url, clientId, undefined, oidc.None(), options));
};

// What an issuer answers stands in no message but for its own code.
const told = <Value>(answer: Promise<Value>): Promise<Value> =>
  answer.catch((error: unknown) => {
    const { error: code, code: kind } = error as { error?: unknown; code?: unknown };
    const why = typeof code === 'string' ? code : typeof kind === 'string' ? kind : 'it does not answer';
    throw new Unreachable(`The issuer did not sign you in: ${why}.`, { cause: error });
  });

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

const tokensIn = (tokens: Tokens) => ({
  accessToken: tokens.access_token,
  expiresAt: Date.now() + (tokens.expiresIn() ?? 300) * 1_000,
  ...(tokens.refresh_token !== undefined && { refreshToken: tokens.refresh_token }),
});

/** Into a file that its owner alone can read, in one step. */
export const keepSession = async (file: string, signedIn: SignedIn): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${process.pid}`;
  await writeFile(next, `${JSON.stringify(signedIn, null, 2)}\n`, { mode: 0o600 });
  await chmod(next, 0o600);
  await rename(next, file);
};

/** Who is signed in; undefined: nobody. */
export const sessionIn = async (file: string): Promise<SignedIn | undefined> => {
  try {
    const session = JSON.parse(await readFile(file, 'utf8')) as Partial<SignedIn> | null;
    return typeof session?.accessToken === 'string' ? (session as SignedIn) : undefined;
  } catch {
    return undefined;
  }
};

export const dropSession = (file: string): Promise<void> => rm(file, { force: true });
