import type pg from 'pg';
import { surviveLostConnections } from './lost-connections.ts';

/** A role that somebody holds, and how far it reaches. A list that is absent: all of them. */
export type HeldGrant = Readonly<{
  id: string;
  role: string;
  services?: readonly string[];
  environments?: readonly string[];
  /** Of the role's permissions, these only. */
  actions?: readonly string[];
}>;

type Scope = Readonly<{
  services?: readonly string[];
  applications?: readonly string[];
  teams?: readonly string[];
  environments?: readonly string[];
  actions?: readonly string[];
}>;
type Given = Readonly<{ role: string; scope: Scope; from: string; to?: string }>;

/** Who may do what where, read from the log itself: nothing is remembered, so that what was revoked is gone at the next call. */
export class Grants {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = surviveLostConnections(pool);
  }

  /**
   * The grants of a pseudonym that are in force at an instant (RFC 3339, UTC). Teams and applications in their scopes are
   * given as the services that belong to them now.
   */
  async heldBy(pseudonym: string, at: string): Promise<readonly HeldGrant[]> {
    type Row = Readonly<{ id: string; granted: Given }>;
    const { rows } = await this.#pool.query<Row>('SELECT * FROM directory.grants_of($1)', [pseudonym]);
    const inForce = rows.filter(({ granted }) => isInForce(granted, Date.parse(at)));
    const groups = await this.#members(inForce.map(({ granted }) => granted.scope));
    return inForce.map(({ id, granted: { role, scope } }) => ({ id, role, ...reachOf(scope, groups) }));
  }

  async #members(scopes: readonly Scope[]): Promise<Members> {
    const teams = named(scopes, ({ teams: named = [] }) => named);
    const applications = named(scopes, ({ applications: named = [] }) => named);
    if (teams.length + applications.length === 0) return new Map();
    type Row = Readonly<{ part: string; service_id: string }>;
    const { rows } = await this.#pool.query<Row>('SELECT * FROM directory.services_of($1, $2)', [teams, applications]);
    return Map.groupBy(rows, ({ part }) => part);
  }
}

/** `team checkout` or `application 0198…` to the services in it. */
type Members = ReadonlyMap<string, readonly Readonly<{ service_id: string }>[]>;

const named = (scopes: readonly Scope[], names: (scope: Scope) => readonly string[]): readonly string[] => [
  ...new Set(scopes.flatMap(names)),
];

const isInForce = ({ from, to }: Given, now: number): boolean =>
  Date.parse(from) <= now && (to === undefined || now < Date.parse(to));

const reachOf = (
  { services, teams, applications, environments, actions }: Scope,
  members: Members,
): Omit<HeldGrant, 'id' | 'role'> => {
  const groups = [...(teams ?? []).map(team => `team ${team}`), ...(applications ?? []).map(id => `application ${id}`)];
  const inGroups = groups.flatMap(group => (members.get(group) ?? []).map(({ service_id: service }) => service));
  return {
    ...((services || teams || applications) && { services: [...new Set([...(services ?? []), ...inGroups])] }),
    ...(environments && { environments }),
    ...(actions && { actions }),
  };
};
