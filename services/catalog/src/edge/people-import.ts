import type { PersonEvent } from '@slipway/contracts';
import type { Asked } from '@slipway/edge';
import type { DirectoryPerson } from '@slipway/event-store';
import { fold, isRejection, reject, type Rejection } from '@slipway/event-sourcing';
import type { Service } from '@slipway/service';
import { person } from '../domain/person.ts';
import { differences } from './difference.ts';
import type { KnownPeople } from './known-people.ts';
import {
  aliasesOf,
  aliasOf,
  aliasTakenIn,
  entryOf,
  isAlias,
  isSame,
  PeopleRegister,
  pseudonymOf,
  type Said,
} from './people-register.ts';
import { type Imported, refused } from './record-import.ts';

/** People of one import. Whom it adds can be granted roles in the same import, dry run included. */
export class PeopleImport {
  private readonly register: PeopleRegister;
  private known?: Promise<KnownPeople>;
  private readonly wouldAdd = new Set<string>();

  constructor(
    private readonly service: Service,
    private readonly asked: Asked,
    private readonly dryRun: boolean,
  ) {
    this.register = new PeopleRegister(service);
  }

  async one(said: Said): Promise<Imported> {
    const of = { record: said.kind, name: said.name };
    const aliases = aliasesOf(said);
    if (aliases.length === 0) return refused(of, NO_ALIAS);
    try {
      const owner = (await this.everybody()).owner(aliases);
      const rejection = await this.carriedOut(said, owner);
      if (rejection) return refused(of, rejection);
      const fields = differences(owner && shownOf(owner), shownOf(said, owner));
      return { ...of, outcome: owner ? (fields.length > 0 ? 'changed' : 'unchanged') : 'added', fields };
    } catch (error) {
      return refused(of, aliasTakenIn(error));
    }
  }

  /** The pseudonym; `added` for somebody whom a dry run would add; undefined for nobody. */
  async find(reference: string): Promise<{ pseudonym: string } | 'added' | undefined> {
    if (!isAlias(reference)) {
      const { version } = await this.service.store.read(pseudonymOf(reference));
      return version > 0 ? { pseudonym: pseudonymOf(reference) } : undefined;
    }
    const alias = aliasOf(reference);
    return (await this.everybody()).owner([alias]) ?? (this.wouldAdd.has(alias) ? 'added' : undefined);
  }

  private async carriedOut(said: Said, owner: DirectoryPerson | undefined): Promise<Rejection | undefined> {
    const events = owner ? (await this.service.store.read<PersonEvent>(owner.pseudonym)).events : [];
    const isThere = owner !== undefined && events.length > 0;
    const rejection = isThere ? this.rejection(said, events) : undefined;
    if (rejection || (isThere && isSame(owner, said))) return rejection;
    if (this.dryRun) return this.remember(said);
    const orders = isThere ? await this.register.update(owner, said) : await this.register.registration(said, owner);
    const outcome = await this.service.attempt(this.asked.part(orders.stream), orders);
    if (isRejection(outcome)) return outcome;
    const { aliases, ...entry } = entryOf(orders.stream, said, owner);
    (await this.everybody()).learn({ ...entry, aliases: [...new Set([...(owner?.aliases ?? []), ...aliases])] });
    return undefined;
  }

  private rejection({ kind }: Said, events: readonly PersonEvent[]): Rejection | undefined {
    const command = { type: 'UpdatePerson', data: { kind, alsoKnownAs: [] }, stamp: this.asked.stamp } as const;
    const decision = person.decide(command, fold(person, events));
    return isRejection(decision) ? decision : undefined;
  }

  private remember(said: Said): undefined {
    for (const alias of aliasesOf(said)) this.wouldAdd.add(alias);
  }

  private everybody(): Promise<KnownPeople> {
    this.known ??= this.register.known();
    return this.known;
  }
}

const NO_ALIAS = reject('no-alias', 'Give an e-mail address or an account: nobody would be recognized otherwise.');

const shownOf = (
  of: Pick<Said, 'name' | 'email' | 'leavesOn'> & ({ aliases: readonly string[] } | { accounts: readonly string[] }),
  known?: DirectoryPerson,
) => ({
  name: of.name,
  ...(of.email !== undefined && { email: of.email }),
  ...leavingOf(of.leavesOn === undefined ? known?.leavesOn : of.leavesOn),
  accounts: [...new Set([...(known?.aliases ?? []), ...('aliases' in of ? of.aliases : aliasesOf(of))])].sort(),
});

const leavingOf = (leavesOn: string | null | undefined) =>
  leavesOn === undefined || leavesOn === null ? {} : { leavesOn };
