import type { Service } from '@slipway/service';

/** An e-mail, or an account as `github:codertocat`. */
export const PERSON = /^(?:[^\s@:]{1,100}@[^\s@:]{1,200}|[a-z][a-z0-9-]{0,30}:[^\s]{1,200})$/;

/** Pseudonyms of people who are named by e-mail or account. */
export const pseudonymsOf = (service: Service, people: readonly string[]): Promise<readonly string[]> =>
  people.length === 0 ? Promise.resolve([]) : service.pseudonyms(people.map(aliasOf));

const aliasOf = (person: string): string => {
  if (/^[a-z][a-z0-9-]{0,30}:/.test(person)) return person.startsWith('email:') ? person.toLowerCase() : person;
  return `email:${person.toLowerCase()}`;
};
