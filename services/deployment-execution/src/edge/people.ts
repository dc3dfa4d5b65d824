import type { Service } from '@slipway/service';

/** A pseudonym, an e-mail, or an account as `github:codertocat`. */
export const PERSON = /^(?:person-[0-9a-f-]{36}|[^\s@:]{1,100}@[^\s@:]{1,200}|[a-z][a-z0-9-]{0,30}:[^\s]{1,200})$/;

/** The pseudonym of somebody named by e-mail or account. */
export const pseudonymOf = async (service: Service, person: string): Promise<string> => {
  if (/^person-[0-9a-f-]{36}$/.test(person)) return person;
  const [pseudonym = ''] = await service.pseudonyms([aliasOf(person)]);
  return pseudonym;
};

const aliasOf = (person: string): string => {
  if (!person.includes(':')) return `email:${person.toLowerCase()}`;
  return person.startsWith('email:') ? person.toLowerCase() : person;
};
