import type { HeldGrant } from '@slipway/event-store';
import { permissionsOf } from './permissions.ts';

/** Where something takes place: a service, an environment, a service in an environment. What is absent does not matter. */
export type Place = Readonly<{ serviceId?: string; environmentId?: string }>;

/** Targets, and services that none of them is of: what is known of a service's environments is not widened by its name. */
export const placesWith = <Target extends Required<Place>>(
  targets: readonly Target[],
  serviceIds: readonly string[],
): readonly Place[] => [
  ...targets.map(({ serviceId, environmentId }) => ({ serviceId, environmentId })),
  ...serviceIds.filter(each => !targets.some(({ serviceId }) => serviceId === each)).map(serviceId => ({ serviceId })),
];

const ALL = '*';
/** What concerns every service and environment: no grant with a limit covers it. */
export const EVERYWHERE: Place = { serviceId: ALL, environmentId: ALL };

/** What somebody may do who asks for one permission: everywhere, or within the scopes of grants. */
export class Access {
  readonly #grants: readonly HeldGrant[] | undefined;
  #heeded = false;

  /** Without grants: everywhere. */
  constructor(grants?: readonly HeldGrant[]) {
    this.#grants = grants?.every(hasLimit) ? grants : undefined;
  }

  get isEverywhere(): boolean {
    return this.#grants === undefined;
  }

  /** Whether the limits, if there are any, were asked for. A handler that never did must not answer. */
  get isHeeded(): boolean {
    return this.#heeded || this.isEverywhere;
  }

  /** For an answer that is the same wherever somebody may do something. */
  heed(): void {
    this.#heeded = true;
  }

  /** Whether each of these places is within a grant: what a command needs. */
  covers(places: readonly Place[]): boolean {
    this.heed();
    return this.isEverywhere || places.every(place => this.#isWithin(place));
  }

  /** Whether one of these places is, or there is none: what may be read. */
  touches(places: readonly Place[]): boolean {
    this.heed();
    return this.isEverywhere || places.length === 0 || places.some(place => this.#isWithin(place));
  }

  /** The tokens of all places within: a row may be read that shares one with them, or has none. Undefined: every row. */
  tokens(): readonly string[] | undefined {
    this.heed();
    return this.#grants && [...new Set(this.#grants.flatMap(tokensWithin))];
  }

  #isWithin(place: Place): boolean {
    return (
      this.#grants?.some(
        grant => isIn(place.serviceId, grant.services) && isIn(place.environmentId, grant.environments),
      ) ?? true
    );
  }
}

/** The access that roles of a token give everywhere, and grants within their scopes; undefined: none. */
export const accessTo = (
  permission: string,
  roles: readonly string[],
  grants: readonly HeldGrant[],
): Access | undefined => {
  if (permissionsOf(roles).has(permission)) return new Access();
  const giving = grants.filter(grant => gives(grant, permission));
  return giving.length > 0 ? new Access(giving) : undefined;
};

const gives = ({ role, actions }: HeldGrant, permission: string): boolean =>
  permissionsOf([role]).has(permission) && (actions?.includes(permission) ?? true);

const hasLimit = ({ services, environments }: HeldGrant): boolean => Boolean(services ?? environments);

const isIn = (id: string | undefined, limit: readonly string[] | undefined): boolean =>
  id === undefined || limit === undefined || limit.includes(id);

/** What a row keeps of its places, so that a list can be cut to `Access.tokens` by one `&&` of two arrays. */
export const tokensOf = (places: readonly Place[]): readonly string[] => [
  ...new Set(
    places.flatMap(({ serviceId = '', environmentId = '' }) => [
      `${serviceId}/${environmentId}`,
      `${serviceId}/${ALL}`,
      `${ALL}/${environmentId}`,
    ]),
  ),
];

// What does not matter to a place is the empty word, which every grant is given too.
const tokensWithin = ({ services = [ALL], environments = [ALL] }: HeldGrant): readonly string[] =>
  [...services, ''].flatMap(service => [...environments, ''].map(environment => `${service}/${environment}`));
