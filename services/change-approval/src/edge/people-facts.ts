import { idOf } from '@slipway/event-sourcing';
import type { Person, RoleGrant } from '../domain/rules.ts';
import type { RoleGrantCopy } from '../read/catalog.copy.ts';
import type { Copies, Copy } from '../read/copies.query.ts';

/** A person under every alias the catalog knows, with every role grant given to any of them. */
export const personFacts = async (copies: Copies, pseudonym: string): Promise<Person> => {
  const { aliases, kind } = await everyAlias(copies, new Set([pseudonym]));
  const held = await copies.roleGrantsOf([...aliases]);
  const roleGrants = await Promise.all(held.map(grant => roleGrantFact(copies, grant)));
  return { pseudonym, aliases: [...aliases], roleGrants, ...(kind && { kind }) };
};

/** With the services of its applications and teams as they are now. */
export const roleGrantFact = async (copies: Copies, { stream, state }: Copy<RoleGrantCopy>): Promise<RoleGrant> => {
  const { role, services, environments, actions, from, to, revoked } = state;
  const reached = services === 'all' ? services : [...services, ...(await members(copies, state))];
  return { id: idOf(stream), role, services: reached, environments, actions, from, to, revoked };
};

const members = async (
  copies: Copies,
  { applications, teams }: Pick<RoleGrantCopy, 'applications' | 'teams'>,
): Promise<readonly string[]> => {
  const ofApplications = applications.length > 0 ? await copies.many('application', applications) : [];
  const ofTeams = teams.length > 0 ? await copies.servicesOf(teams) : [];
  return [...ofApplications.flatMap(({ state }) => state.serviceIds), ...ofTeams];
};

// Aliases of aliases: until no more are found. Whoever is a service account anywhere is one.
const everyAlias = async (
  copies: Copies,
  known: ReadonlySet<string>,
): Promise<{ aliases: ReadonlySet<string>; kind?: 'person' | 'service-account' }> => {
  const people = await copies.people([...known]);
  const aliases = new Set([...known, ...people.flatMap(({ stream, state }) => [stream, ...state.alsoKnownAs])]);
  if (aliases.size > known.size) return everyAlias(copies, aliases);
  const kinds = people.map(({ state }) => state.kind);
  if (kinds.length === 0) return { aliases };
  return { aliases, kind: kinds.includes('service-account') ? 'service-account' : 'person' };
};
