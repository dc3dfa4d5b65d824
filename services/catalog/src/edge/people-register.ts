import type { Asked } from '@slipway/edge';
import { AliasTaken, type Directory, type DirectoryPerson } from '@slipway/event-store';
import { reject, type Rejection } from '@slipway/event-sourcing';
import type { Orders, Service } from '@slipway/service';
import { KnownPeople, SeveralPeople } from './known-people.ts';

/** What a body says of a person or a service account. */
export type Said = Readonly<{
  kind: DirectoryPerson['kind'];
  name: string;
  email?: string;
  accounts: readonly string[];
  /** Absent: as it is; null: not known any more. */
  leavesOn?: string | null;
}>;

export const aliasesOf = ({ email, accounts }: Pick<Said, 'email' | 'accounts'>): readonly string[] => [
  ...new Set([...(email === undefined ? [] : [`email:${email}`]), ...accounts].map(aliasOf)),
];

const PREFIX = 'person-';

/** Of an id in a path, which may be the pseudonym itself. */
export const pseudonymOf = (id: string): string => (id.startsWith(PREFIX) ? id : `${PREFIX}${id}`);
/** Whether a reference is an address or an account, not an id. */
export const isAlias = (reference: string): boolean => /[:@]/.test(reference);

/** An account or an address as the directory knows it. */
export const aliasOf = (account: string): string => {
  const alias = account.includes('@') && !account.includes(':') ? `email:${account}` : account;
  return alias.startsWith('email:') ? alias.toLowerCase() : alias;
};

/** The refusal in an error of this file or of the directory; other errors are thrown on. */
export const aliasTakenIn = (error: unknown): Rejection<'alias-taken'> => {
  if (error instanceof AliasTaken) return reject('alias-taken', `${error.alias} belongs to somebody else.`);
  if (error instanceof SeveralPeople) return reject('alias-taken', error.message);
  throw error;
};

/** Joins the directory, which knows names and accounts, with the log, which knows pseudonyms. */
export class PeopleRegister {
  private readonly directory: Directory;

  constructor(private readonly service: Service) {
    this.directory = service.directory;
  }

  people(pseudonyms?: readonly string[]): Promise<readonly DirectoryPerson[]> {
    return this.directory.people(pseudonyms);
  }

  async known(): Promise<KnownPeople> {
    return new KnownPeople(await this.people());
  }

  /** Who is registered under one of these aliases. Throws `SeveralPeople` when they belong to several. */
  async owner(aliases: readonly string[]): Promise<DirectoryPerson | undefined> {
    return (await this.known()).owner(aliases);
  }

  /**
   * The command that registers somebody. The directory is written first, since it alone tells under which pseudonyms
   * events know this person; it is left alone when it says something else of somebody registered, which is refused then.
   */
  async registration(said: Said, owner: DirectoryPerson | undefined): Promise<Orders> {
    const pseudonym = owner?.pseudonym ?? (await this.directory.pseudonym(aliasesOf(said)[0] ?? ''));
    const { version } = await this.service.store.read(pseudonym);
    // An entry without an event: a registration that was cut between the two.
    const agrees = owner === undefined || version === 0 || isSame(owner, said);
    const alsoKnownAs = agrees ? await this.directory.registerPerson(entryOf(pseudonym, said, owner)) : [];
    const command = { type: 'RegisterPerson', data: { kind: said.kind, alsoKnownAs, agrees } };
    return { stream: pseudonym, command, creates: true };
  }

  /** The command that updates somebody. A kind that cannot be, or a version that is stale, leaves the directory alone. */
  async update(entry: DirectoryPerson, said: Said, asked?: Asked): Promise<Orders> {
    const { version } = await this.service.store.read(entry.pseudonym);
    const isStale = asked?.expected !== undefined && asked.expected !== version;
    const may = !isStale && said.kind === entry.kind;
    const alsoKnownAs = may ? await this.directory.registerPerson(entryOf(entry.pseudonym, said, entry)) : [];
    return { stream: entry.pseudonym, command: { type: 'UpdatePerson', data: { kind: said.kind, alsoKnownAs } } };
  }
}

/** What the directory is to hold; `known` is what it holds. */
export const entryOf = (pseudonym: string, said: Said, known?: DirectoryPerson): DirectoryPerson => {
  const { leavesOn = known?.leavesOn ?? null } = said;
  return {
    pseudonym,
    kind: said.kind,
    name: said.name,
    ...(said.email !== undefined && { email: said.email }),
    ...(leavesOn !== null && { leavesOn }),
    aliases: aliasesOf(said),
  };
};

/** Whether the directory holds nothing else than what is said. */
export const isSame = (entry: DirectoryPerson, said: Said): boolean =>
  entry.kind === said.kind &&
  entry.name === said.name &&
  entry.email === said.email &&
  (said.leavesOn === undefined || (said.leavesOn ?? undefined) === entry.leavesOn) &&
  aliasesOf(said).every(alias => entry.aliases.includes(alias));

/** What a body says of somebody. */
export const saidIn = (
  {
    name,
    email,
    accounts = [],
    leavesOn,
  }: Readonly<{
    name: string;
    email?: string;
    accounts?: readonly string[];
    leavesOn?: string | null;
  }>,
  kind: Said['kind'],
): Said => ({
  kind,
  name,
  ...(email !== undefined && { email }),
  ...(leavesOn !== undefined && { leavesOn }),
  accounts,
});
