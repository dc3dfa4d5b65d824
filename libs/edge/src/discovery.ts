import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

const PATIENCE_MS = 5_000;

/** The keys that an issuer names in its metadata (OpenID Connect Discovery 1.0), asked for with the first token. */
export const discoveredKeys = (issuer: string): JWTVerifyGetKey => {
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= keysAt(issuer);
    try {
      return await (
        await found
      )(header, token);
    } catch (error) {
      // An issuer that could not be asked is asked again with the next token.
      if (error instanceof NotDiscovered) found = undefined;
      throw error;
    }
  };
};

class NotDiscovered extends Error {
  override readonly name = 'NotDiscovered';
}

const keysAt = async (issuer: string): Promise<JWTVerifyGetKey> => {
  const metadata = await metadataOf(issuer).catch((error: unknown) => {
    throw new NotDiscovered('the metadata of the issuer cannot be read', { cause: error });
  });
  const { issuer: said, jwks_uri: keys } = metadata;
  const isItself = said === issuer && typeof keys === 'string' && URL.canParse(keys);
  if (!isItself || isDowngrade(issuer, keys)) throw new NotDiscovered('the metadata is not that of the issuer');
  return createRemoteJWKSet(new URL(keys));
};

const isDowngrade = (issuer: string, keys: string): boolean =>
  issuer.startsWith('https:') && new URL(keys).protocol !== 'https:';

const metadataOf = async (issuer: string): Promise<Readonly<Record<string, unknown>>> => {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
};
