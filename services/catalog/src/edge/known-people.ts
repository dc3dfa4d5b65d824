import type { DirectoryPerson } from '@slipway/event-store';

/** Aliases that belong to more than one who is registered. */
export class SeveralPeople extends Error {
  override readonly name = 'SeveralPeople';
}

/** Those in the directory, by their aliases. */
export class KnownPeople {
  private readonly byAlias = new Map<string, DirectoryPerson>();

  constructor(people: readonly DirectoryPerson[]) {
    for (const person of people) this.learn(person);
  }

  learn(person: DirectoryPerson): void {
    for (const alias of person.aliases) this.byAlias.set(alias, person);
  }

  /** Who has one of these aliases. Throws `SeveralPeople` when several have. */
  owner(aliases: readonly string[]): DirectoryPerson | undefined {
    const owners = new Set(aliases.flatMap(alias => this.byAlias.get(alias) ?? []));
    if (owners.size > 1) throw new SeveralPeople('These accounts and addresses belong to several people.');
    const [owner] = owners;
    return owner;
  }
}
