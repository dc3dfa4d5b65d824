import { type Issuer, issuerAt, permissionsOf } from '@slipway/edge';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The outside issuer that an environment names; undefined where `OIDC_ISSUER` is not set. `OIDC_AUDIENCE` (`slipway`),
 * `OIDC_JWKS_URL` (the issuer's metadata says it), `OIDC_ROLES` (`trusted` or `ignored`), `OIDC_ROLES_CLAIM` (`roles`),
 * `OIDC_ROLE_NAMES` (`theirs=ours,theirs=ours`; each counts when it is not set). Throws an Error that says what is wrong.
 */
export const issuerIn = (environment: Environment): Issuer | undefined => {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: keys, OIDC_ROLES: roles } = environment;
  if (!issuer) return undefined;
  const { OIDC_ROLES_CLAIM: rolesClaim, OIDC_ROLE_NAMES: roleNames } = environment;
  return {
    ...issuerAt(urlIn('OIDC_ISSUER', issuer), audience || 'slipway', keys ? urlIn('OIDC_JWKS_URL', keys) : undefined),
    roles: rolesSaid(roles || 'trusted'),
    ...(rolesClaim && { rolesClaim }),
    ...(roleNames && { roleNames: namesIn(roleNames) }),
  };
};

const urlIn = (name: string, url: string): string => {
  if (URL.canParse(url)) return url;
  throw new Error(`${name} is no address.`);
};

const rolesSaid = (roles: string): 'trusted' | 'ignored' => {
  if (roles === 'trusted' || roles === 'ignored') return roles;
  throw new Error('OIDC_ROLES is trusted (the default) or ignored.');
};

const namesIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(',').map(pair => {
      const at = pair.lastIndexOf('=');
      const [theirs, ours] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
      if (theirs !== '' && permissionsOf([ours]).size > 0) return [theirs, ours] as const;
      throw new Error(`OIDC_ROLE_NAMES is theirs=ours, with commas between; ${pair} names no role of Slipway.`);
    }),
  );
