import type { Service } from '@slipway/service';

/** An e-mail, an account as `github:codertocat`, or a pseudonym. */
export const PERSON = /^(?:person-[0-9a-f-]{36}|[^\s@:]{1,100}@[^\s@:]{1,200}|[a-z][a-z0-9-]{0,30}:[^\s]{1,200})$/;

/** Pseudonyms of people who are named by e-mail or account, in their order. */
export const pseudonymsOf = async (service: Service, people: readonly string[]): Promise<readonly string[]> => {
  const named = people.filter(person => !isPseudonym(person));
  const found = named.length === 0 ? [] : await service.pseudonyms(named.map(aliasOf));
  return people.map(person => (isPseudonym(person) ? person : (found[named.indexOf(person)] ?? '')));
};

const isPseudonym = (person: string): boolean => /^person-[0-9a-f-]{36}$/.test(person);

const aliasOf = (person: string): string => {
  if (/^[a-z][a-z0-9-]{0,30}:/.test(person)) return person.startsWith('email:') ? person.toLowerCase() : person;
  return `email:${person.toLowerCase()}`;
};
