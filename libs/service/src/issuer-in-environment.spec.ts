import { issuerIn } from './issuer-in-environment.ts';

const OIDC_ISSUER = 'https://issuer.example.org/realms/slipway';

test('no issuer is none', () => {
  expect(issuerIn({})).toBeUndefined();
});

test('an issuer is enough: the rest has defaults', () => {
  const issuer = { issuer: OIDC_ISSUER, audience: 'slipway', roles: 'trusted' };
  expect(issuerIn({ OIDC_ISSUER })).toMatchObject(issuer);
  expect(issuerIn({ OIDC_ISSUER, OIDC_AUDIENCE: '', OIDC_ROLES: '', OIDC_JWKS_URL: '' })).toMatchObject(issuer);
});

test('where its roles stand, and what it calls ours', () => {
  const said = { OIDC_ROLES_CLAIM: 'groups', OIDC_ROLE_NAMES: 'cn=deployers = deployer, 4f1c=administrator' };
  expect(issuerIn({ OIDC_ISSUER, ...said })).toMatchObject({
    rolesClaim: 'groups',
    roleNames: new Map([
      ['cn=deployers', 'deployer'],
      ['4f1c', 'administrator'],
    ]),
  });
});

test.each([
  [{ OIDC_ISSUER: 'issuer' }, 'OIDC_ISSUER is no address'],
  [{ OIDC_JWKS_URL: 'keys' }, 'OIDC_JWKS_URL is no address'],
  [{ OIDC_ROLES: 'some' }, 'OIDC_ROLES is trusted'],
  [{ OIDC_ROLE_NAMES: 'admins=king' }, 'admins=king names no role'],
  [{ OIDC_ROLE_NAMES: 'administrator' }, 'administrator names no role'],
])('%j is told', (said, why) => {
  expect(() => issuerIn({ OIDC_ISSUER, ...said })).toThrow(why);
});
