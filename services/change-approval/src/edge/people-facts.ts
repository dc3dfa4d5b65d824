import { idOf } from '@slipway/event-sourcing';
import type { Person, RoleGrant } from '../domain/rules.ts';
import type { RoleGrantCopy } from '../read/catalog.copy.ts';
import type { Copies, Copy } from '../read/copies.query.ts';

/** A person under every alias the catalog knows, with every role grant given to any of them. */
export const personFacts = async (copies: Copies, pseudonym: string): Promise<Person> => {
  const { aliases, kind } = await everyAlias(copies, new Set([pseudonym]));
  const roleGrants = (await copies.roleGrantsOf([...aliases])).map(roleGrantFact);
  return { pseudonym, aliases: [...aliases], roleGrants, ...(kind && { kind }) };
};

export const roleGrantFact = ({ stream, state }: Copy<RoleGrantCopy>): RoleGrant => {
  const { role, services, environments, from, to, revoked } = state;
  return { id: idOf(stream), role, services, environments, from, to, revoked };
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
