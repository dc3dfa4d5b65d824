import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { randomUUID } from 'node:crypto';
import { AliasTaken, Directory, type DirectoryPerson } from './directory.ts';
import { Seals } from './seals.ts';

const PSEUDONYM = /^person-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let database: MigratedDatabase;
let catalogPool: pg.Pool;
let planningPool: pg.Pool;
let catalog: Directory;
let planning: Directory;
let auditPool: pg.Pool;
let audit: Directory;

beforeAll(async () => {
  database = await migratedDatabase();
  catalogPool = new pg.Pool({ connectionString: database.urlOf('catalog') });
  planningPool = new pg.Pool({ connectionString: database.urlOf('planning') });
  catalog = new Directory(catalogPool);
  planning = new Directory(planningPool);
  auditPool = new pg.Pool({ connectionString: database.urlOf('audit') });
  audit = new Directory(auditPool);
});
afterAll(async () => {
  await Promise.all([catalogPool.end(), planningPool.end(), auditPool.end()]);
  await database.drop();
});

const alias = (): string => `${randomUUID()}@example.org`;
const ada = (pseudonym: string, ...aliases: readonly string[]): DirectoryPerson => ({
  pseudonym,
  kind: 'person',
  name: 'Ada',
  email: 'ada@example.org',
  leavesOn: '2027-01-31',
  aliases,
});

describe('a pseudonym', () => {
  test('is made for a new alias, and is the same for every service ever after', async () => {
    const [a, b] = [alias(), alias()];
    const made = await catalog.pseudonyms([a, b, a]);
    expect([...made.keys()].sort()).toEqual([a, b].sort());
    for (const pseudonym of made.values()) expect(pseudonym).toMatch(PSEUDONYM);
    expect(new Set(made.values()).size).toBe(2);
    expect(await planning.pseudonyms([b, a])).toEqual(made);
    expect(await catalog.pseudonyms([a, b])).toEqual(made);
  });

  test('is one, however many ask at once', async () => {
    const aliases = Array.from({ length: 10 }, alias);
    const asked = Array.from({ length: 16 }, (_, nth) =>
      new Directory(nth % 2 ? catalogPool : planningPool).pseudonyms(aliases),
    );
    const [first, ...others] = await Promise.all(asked);
    expect(first?.size).toBe(10);
    for (const other of others) expect(other).toEqual(first);
  });

  test('stays what earlier events call a person who is registered later', async () => {
    const [email, account] = [alias(), alias()];
    const seen = await planning.pseudonym(account);
    const pseudonym = await catalog.pseudonym(email);
    expect(await catalog.registerPerson(ada(pseudonym, email, account))).toEqual([seen]);
    expect(await catalog.registerPerson(ada(pseudonym, email, account))).toEqual([seen]);
    expect(await catalog.pseudonym(account)).toBe(pseudonym);
    expect(await catalog.people([pseudonym])).toEqual([ada(pseudonym, ...[email, account].sort())]);
  });

  test('is not taken from somebody registered', async () => {
    const [mine, yours] = [alias(), alias()];
    const me = await catalog.pseudonym(mine);
    await catalog.registerPerson(ada(me, mine));
    const thief = ada(await catalog.pseudonym(yours), yours, mine);
    await expect(catalog.registerPerson(thief)).rejects.toThrow(AliasTaken);
    expect(await catalog.pseudonym(mine)).toBe(me);
  });

  test('is nobody after an erasure, and its aliases are new ones', async () => {
    const mine = alias();
    const me = await catalog.pseudonym(mine);
    await catalog.registerPerson(ada(me, mine));
    await catalog.erase(me);
    await catalog.erase(me);
    expect(await catalog.people([me])).toEqual([]);
    expect(await catalog.pseudonym(mine)).not.toBe(me);
  });
});

describe('an erasure', () => {
  /** Everything that the tables of the directory hold, as text. */
  const bytes = async (): Promise<string> => {
    const admin = new pg.Pool({ connectionString: database.url, max: 1 });
    try {
      const { rows: tables } = await admin.query<{ name: string }>(
        "SELECT format('directory.%I', tablename) AS name FROM pg_tables WHERE schemaname = 'directory' ORDER BY 1",
      );
      expect(tables.length).toBeGreaterThan(4);
      const all = tables.map(({ name }) =>
        admin.query<{ row: string }>(`SELECT each::text AS row FROM ${name} AS each`),
      );
      return (await Promise.all(all)).flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
    } finally {
      await admin.end();
    }
  };
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const somebody = async () => {
    const [email, account, before] = [alias(), alias(), alias()];
    const seen = await planning.pseudonym(before);
    const me = await catalog.pseudonym(email);
    const name = `Ada ${randomUUID()}`;
    await catalog.registerPerson({ ...ada(me, email, account, before), name, email });
    return { me, seen, name, email, account, before };
  };

  test('leaves no byte of who it was, and what was sealed about him unreadable', async () => {
    const { me, name, email, account, before } = await somebody();
    const said = await new Seals(planningPool).seal(me, 'Ada was ill');
    const known = await bytes();
    for (const each of [name, email, account, before]) expect(known).toContain(each);
    expect(await catalog.erasePerson(me)).toEqual(['aliases', 'entry', 'keys', 'link']);
    const left = await bytes();
    for (const each of [name, email, account, before]) expect(left).not.toContain(each);
    expect(await new Seals(planningPool).open(me, said)).toBeUndefined();
    expect(await audit.lookUp(me)).toBeUndefined();
  });

  test('answers the same when it is done again', async () => {
    const { me } = await somebody();
    const dropped = await catalog.erasePerson(me, later);
    expect(dropped).toEqual(['aliases', 'entry', 'keys']);
    expect(await catalog.erasePerson(me, later)).toEqual(dropped);
    expect(await catalog.erasePerson(me)).toEqual([...dropped, 'link']);
    expect(await catalog.erasePerson(me)).toEqual([...dropped, 'link']);
  });

  test('keeps who it was for auditors alone, without the accounts, and not longer than said', async () => {
    const { me, name, email, account } = await somebody();
    await catalog.erasePerson(me, later);
    expect(await audit.lookUp(me)).toEqual({ name, email, accounts: [] });
    expect(await catalog.people([me])).toEqual([]);
    expect(await bytes()).not.toContain(account);
    await expect(catalogPool.query('SELECT directory.look_up($1)', [me])).rejects.toMatchObject({ code: '42501' });
    await catalog.erasePerson(me, new Date(Date.now() - 1_000).toISOString());
    expect(await audit.lookUp(me)).toBeUndefined();
    await catalog.erasePerson(me);
    expect(await bytes()).not.toContain(name);
  });

  test('keeps the account of somebody of whom no name is known', async () => {
    const account = `github:${randomUUID()}`;
    const me = await planning.pseudonym(account);
    await catalog.erasePerson(me, later);
    expect(await audit.lookUp(me)).toEqual({ accounts: [account] });
    await catalog.erasePerson(me);
    expect(await bytes()).not.toContain(account);
  });

  test('is of a person, by whatever he is named, and makes nobody', async () => {
    const { me, seen, email, before } = await somebody();
    for (const reference of [me, seen, email, before])
      expect(await audit.subject(reference)).toEqual({ person: me, alsoKnownAs: [seen] });
    const nobody = alias();
    expect(await audit.subject(nobody)).toBeUndefined();
    expect(await bytes()).not.toContain(nobody);
  });
});

describe('names', () => {
  test.each([
    ['the people', 'SELECT * FROM directory.people()'],
    ['registering', "SELECT directory.register_person('person-1', 'person', 'x', NULL, NULL, '{}')"],
    ['erasing', "SELECT directory.erase('person-1')"],
    ['erasing a person', "SELECT directory.erase_person('person-1', NULL)"],
    ['looking up who it was', "SELECT directory.look_up('person-1')"],
    ['whom an alias means', "SELECT directory.subject('person-1')"],
    ['the table of whom is retained', 'SELECT * FROM directory.retained'],
    ['the table of erasures', 'SELECT * FROM directory.erasures'],
    ['the table of people', 'SELECT * FROM directory.people'],
    ['the table of aliases', 'SELECT * FROM directory.aliases'],
    ['the table of keys', 'SELECT * FROM directory.keys'],
  ])('%s: refused to any other service', async (_, statement) => {
    await expect(planningPool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('sealed text', () => {
  test('is opened by every service, until its key is dropped', async () => {
    const subject = `change-${randomUUID()}`;
    const sealedText = await new Seals(planningPool).seal(subject, 'Ask Ada');
    expect(sealedText).not.toContain('Ada');
    expect(await new Seals(catalogPool).open(subject, sealedText)).toBe('Ask Ada');
    await catalog.erase(subject);
    expect(await new Seals(planningPool).open(subject, sealedText)).toBeUndefined();
  });

  test('of before an erasure stays closed when the record goes on', async () => {
    const seals = new Seals(planningPool);
    const subject = `change-${randomUUID()}`;
    const old = await seals.seal(subject, 'old');
    await catalog.erase(subject);
    const later = await seals.seal(subject, 'later');
    expect(await seals.open(subject, old)).toBeUndefined();
    expect(await seals.open(subject, later)).toBe('later');
  });

  test('that was changed, or moved to another record, is an error that tells nothing', async () => {
    const seals = new Seals(planningPool);
    const [subject, other] = [`change-${randomUUID()}`, `change-${randomUUID()}`];
    const sealedText = await seals.seal(subject, 'text');
    await seals.seal(other, 'text');
    await expect(seals.open(other, sealedText)).rejects.toThrow(`text sealed for ${other} does not authenticate`);
    const changed = sealedText.replace(/(?<=^sealed:v1:)./, first => (first === 'A' ? 'B' : 'A'));
    await expect(seals.open(subject, changed)).rejects.toThrow('does not authenticate');
  });

  test('has one key a subject, however many seal at once', async () => {
    const seals = new Seals(planningPool);
    const subject = `change-${randomUUID()}`;
    const all = await Promise.all(Array.from({ length: 16 }, (_, nth) => seals.seal(subject, `${nth}`)));
    expect(await Promise.all(all.map(each => seals.open(subject, each)))).toEqual(all.map((_, nth) => `${nth}`));
  });
});

describe('an address', () => {
  test('is what the directory has for a person now, by any pseudonym, and only notification may ask', async () => {
    const pool = new pg.Pool({ connectionString: database.urlOf('notification') });
    const notification = new Directory(pool);
    const [seen, registered, mail, account] = [alias(), `person-${randomUUID()}`, alias(), `github:${randomUUID()}`];
    const earlier = await planning.pseudonym(`email:${seen}`);
    const nobody = await planning.pseudonym(account);
    expect(await notification.addresses([earlier, nobody])).toEqual(new Map([[earlier, seen]]));
    await catalog.registerPerson({ ...ada(registered, `email:${seen}`), email: mail, leavesOn: '2999-01-31' });
    expect(await notification.addresses([earlier, registered])).toEqual(
      new Map([
        [earlier, mail],
        [registered, mail],
      ]),
    );
    await catalog.registerPerson({ ...ada(registered, `email:${seen}`), email: mail, leavesOn: '2020-01-31' });
    expect(await notification.addresses([earlier, registered])).toEqual(new Map());
    await expect(planning.addresses([earlier])).rejects.toThrow('permission denied');
    await pool.end();
  });
});
