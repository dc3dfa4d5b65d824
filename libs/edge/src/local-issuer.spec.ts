import { decodeProtectedHeader, jwtVerify } from 'jose';
import { localIssuer } from './local-issuer.ts';

test('the key of each start has an id of its own, so that nobody takes an old key for the new one', async () => {
  const before = await localIssuer('https://issuer.test', 'slipway');
  const after = await localIssuer('https://issuer.test', 'slipway');
  const token = await after.sign('rita@example.org', ['viewer']);

  expect(decodeProtectedHeader(token).kid).toBe(after.jwks.keys[0]?.kid);
  await expect(jwtVerify(token, after.keys)).resolves.toMatchObject({ payload: { sub: 'rita@example.org' } });
  await expect(jwtVerify(token, before.keys)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
});
