import type { Asked } from '@slipway/edge';
import { notFound, Refused } from '@slipway/edge';
import type { DirectoryPerson } from '@slipway/event-store';
import { idOf, isRejection } from '@slipway/event-sourcing';
import type { Orders, Service } from '@slipway/service';
import { aliasesOf, aliasTakenIn, PeopleRegister, pseudonymOf, type Said } from '../people-register.ts';
import { isEmptied, readUser, readUserPatch } from './scim-leniency.ts';
import { patched, received, scimError, type ScimUser } from './scim-schemas.ts';

// Aliases that keep what only an identity provider knows somebody by.
const USER_NAME = 'user:';
const EXTERNAL_ID = 'external:';
const EMAIL = 'email:';

/** People as SCIM's Users. All that is said of them is in the directory; events know their pseudonyms only. */
export class ScimUsers {
  private readonly register: PeopleRegister;

  constructor(private readonly service: Service) {
    this.register = new PeopleRegister(service);
  }

  async all(today: string): Promise<readonly ScimUser[]> {
    const people = await this.register.people();
    return people.filter(({ kind }) => kind === 'person').map(person => userIn(person, today));
  }

  async one(id: string, today: string): Promise<ScimUser> {
    return userIn(await this.entryOf(id), today);
  }

  async create(asked: Asked, body: unknown): Promise<ScimUser> {
    const user = received('User', readUser(body));
    const said = { ...saidBy(user), ...(user.active === false && { leavesOn: dayBefore(dayOf(asked)) }) };
    const owner = await this.register.owner(aliasesOf(said)).catch(refuseTaken);
    if (owner && (await this.service.store.read(owner.pseudonym)).version > 0)
      throw scimError(409, 'uniqueness', `There is a user ${user.userName} already, or one with such an address.`);
    const orders = await this.register.registration(said, owner).catch(refuseTaken);
    return this.carriedOut(asked, orders);
  }

  async replace(asked: Asked, id: string, body: unknown): Promise<ScimUser> {
    return this.stated(asked, await this.entryOf(id), received('User', readUser(body)));
  }

  /** Answers the user as it is after the PATCH. */
  async patch(asked: Asked, id: string, body: unknown): Promise<ScimUser> {
    const entry = await this.entryOf(id);
    const before = userIn(entry, dayOf(asked));
    const read = readUserPatch(body);
    if (isEmptied(body, read)) return before;
    const after = await patched('User', before, read);
    return after ? this.stated(asked, entry, renamed(before, after)) : before;
  }

  private async stated(asked: Asked, entry: DirectoryPerson, user: ScimUser): Promise<ScimUser> {
    const before = userIn(entry, dayOf(asked));
    refuseOther('userName', entry, USER_NAME, user.userName);
    refuseOther('externalId', entry, EXTERNAL_ID, user.externalId);
    const said = { ...saidBy(user), ...leavingBy(before.active ?? true, user.active ?? true, dayOf(asked)) };
    return this.carriedOut(asked, await this.register.update(entry, said).catch(refuseTaken));
  }

  private async carriedOut(asked: Asked, orders: Orders): Promise<ScimUser> {
    const outcome = await this.service.attempt(asked, orders);
    if (isRejection(outcome)) throw new Refused(outcome);
    return this.one(idOf(orders.stream), dayOf(asked));
  }

  private async entryOf(id: string): Promise<DirectoryPerson> {
    const [entry] = await this.register.people([pseudonymOf(id)]);
    if (entry?.kind !== 'person') throw notFound(`There is no user ${id}.`);
    return entry;
  }
}

export const dayOf = ({ stamp }: Asked): string => stamp.recordedAt.slice(0, 10);

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

const userIn = (person: DirectoryPerson, today: string): ScimUser => {
  const { pseudonym, name, email, leavesOn, aliases } = person;
  const [externalId] = namedBy(person, EXTERNAL_ID);
  const [userName = email ?? aliases[0] ?? pseudonym] = namedBy(person, USER_NAME);
  const others = namedBy(person, EMAIL).filter(each => each !== email?.toLowerCase());
  const emails = [
    ...(email === undefined ? [] : [{ value: email, type: 'work', primary: true }]),
    ...others.map(value => ({ value })),
  ];
  return {
    id: idOf(pseudonym),
    ...(externalId !== undefined && { externalId }),
    userName,
    displayName: name,
    name: { formatted: name },
    active: leavesOn === undefined || leavesOn >= today,
    ...(emails.length > 0 && { emails }),
  };
};

const namedBy = ({ aliases }: DirectoryPerson, prefix: string): readonly string[] =>
  aliases.filter(alias => alias.startsWith(prefix)).map(alias => alias.slice(prefix.length));

const saidBy = ({ userName, externalId, displayName, name = {}, emails = [] }: ScimUser): Said => {
  const addresses = emails.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const primary =
    emails.find(each => each.primary)?.value ?? addresses[0] ?? (isAddress(userName) ? userName : undefined);
  const said = {
    kind: 'person' as const,
    name: [displayName, name.formatted].find(text => text) ?? userName,
    ...(primary !== undefined && { email: primary }),
    accounts: [
      USER_NAME + userName,
      ...(externalId === undefined ? [] : [EXTERNAL_ID + externalId]),
      ...[...addresses, ...(isAddress(userName) ? [userName] : [])].map(each => EMAIL + each),
    ],
  };
  return bounded(said);
};

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);

const MOST_ACCOUNTS = 50;
const ACCOUNT = /^[^\s\p{Cc}]{1,320}$/u;

const bounded = (said: Said): Said => {
  const isRight =
    said.name.length <= 200 &&
    said.accounts.length <= MOST_ACCOUNTS &&
    said.accounts.every(account => ACCOUNT.test(account)) &&
    (said.email === undefined || isAddress(said.email));
  if (isRight) return said;
  throw scimError(
    400,
    'invalidValue',
    `A name has at most 200 characters; userName, externalId and addresses have at most 300 and no blanks; ${MOST_ACCOUNTS} of them in all.`,
  );
};

/** Whoever is deactivated had the last day here yesterday; who is active again has none. */
const leavingBy = (was: boolean, is: boolean, today: string): Pick<Said, 'leavesOn'> => {
  if (was === is) return {};
  return { leavesOn: is ? null : dayBefore(today) };
};

/** After a PATCH both ways of saying a name are there: the one that it changed is meant. */
const renamed = (before: ScimUser, after: ScimUser): ScimUser => {
  if (after.displayName !== before.displayName || after.name?.formatted === before.name?.formatted) return after;
  const { displayName: _, ...rest } = { ...after };
  return { ...rest, ...(after.name?.formatted === undefined && { displayName: before.displayName ?? '' }) };
};

// An alias is never taken away, so that there would be two to choose from.
const refuseOther = (attribute: string, entry: DirectoryPerson, prefix: string, said: string | undefined): void => {
  const [known] = namedBy(entry, prefix);
  if (known === undefined || said === undefined || known.toLowerCase() === said.toLowerCase()) return;
  throw scimError(400, 'mutability', `${attribute} stays what it is once it was given.`);
};

const refuseTaken = (error: unknown): never => {
  throw new Refused(aliasTakenIn(error));
};
