/** How people and accounts are named at the edge: a pseudonym, an e-mail, or an account as `github:codertocat`. */
export const PERSON = /^(?:person-[0-9a-f-]{36}|[^\s@:]{1,100}@[^\s@:]{1,200}|[a-z][a-z0-9-]{0,30}:[^\s]{1,200})$/;

export const isPseudonym = (person: string): boolean => /^person-[0-9a-f-]{36}$/.test(person);

/** The alias under which the directory knows somebody named by e-mail or account. Accounts are compared byte for byte. */
export const aliasOf = (person: string): string => {
  if (!person.includes(':')) return `email:${person.toLowerCase()}`;
  return person.startsWith('email:') ? person.toLowerCase() : person;
};
