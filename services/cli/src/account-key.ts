import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { WrongUsage } from './failures.ts';

export const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** What a key file holds: a private JWK, and the account that it is of. It never leaves the machine. */
export type PrivateKey = JWK & Readonly<{ kid: string; alg: string; account?: string }>;

const PUBLIC_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const;

/** The half that others may see. */
export const publicHalf = (key: JWK): JWK =>
  Object.fromEntries(PUBLIC_MEMBERS.flatMap(name => (key[name] === undefined ? [] : [[name, key[name]]])));

/** A new key pair, in a new file that its owner alone can read. */
export const createKey = async (file: string, algorithm: Algorithm, account?: string): Promise<PrivateKey> => {
  const crv = algorithm === 'EdDSA' ? { crv: 'Ed25519' } : {};
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 3_072, ...crv });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const key = { ...jwk, kid, alg: algorithm, ...(account !== undefined && { account }) };
  await keep(file, `${JSON.stringify(key, null, 2)}\n`);
  return key;
};

const keep = (file: string, text: string): Promise<void> =>
  writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new WrongUsage(
      error.code === 'EEXIST' ? `${file} is there already.` : `${file} cannot be written: ${error.message}.`,
    );
  });

/** The JWK in a file, private or public. Throws `WrongUsage`. */
export const jwkIn = async (file: string): Promise<JWK> => {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new WrongUsage(`${file} cannot be read: ${error.message}.`);
  });
  try {
    const jwk = JSON.parse(text) as JWK | null;
    if (typeof jwk?.kty === 'string') return jwk;
  } catch {
    // What is no JSON is no key either; what stands in it is not shown.
  }
  throw new WrongUsage(`${file} holds no JSON Web Key.`);
};

/** The private key in a file. Throws `WrongUsage`. */
export const privateKeyIn = async (file: string): Promise<PrivateKey> => {
  const jwk = await jwkIn(file);
  if (jwk.d === undefined || jwk.kid === undefined || jwk.alg === undefined)
    throw new WrongUsage(`${file} holds no private key of \`slipway key create\`.`);
  return jwk as PrivateKey;
};

/** Whether somebody else on this machine can read a file. */
export const isExposed = async (file: string): Promise<boolean> =>
  process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0;

type Signed = Readonly<{ account: string; audience: string; minutes: number }>;

/** A token that the account signs itself: RFC 7523, section 3. */
export const signToken = async (key: PrivateKey, { account, audience, minutes }: Signed): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .setIssuer(account)
    .setSubject(account)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${minutes} minutes`)
    .sign(await importJWK(key));
