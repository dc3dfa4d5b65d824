import { Answer, type Asked, type Row } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { aliasOf, isAlias, PeopleRegister, pseudonymOf } from './people-register.ts';
import { unknownReference } from './references.ts';

type Member = Readonly<{ person: string; part: string }>;

/** Members of teams: found among those who are registered, and named to those who may read names. */
export class Members {
  private readonly register: PeopleRegister;

  constructor(private readonly service: Service) {
    this.register = new PeopleRegister(service);
  }

  /** Pseudonyms of people who are named by pseudonym, address or account. 422 when nobody registered is called so. */
  async found(references: readonly string[]): Promise<(reference: string) => string> {
    if (references.length === 0) return reference => reference;
    const known = await this.register.known();
    const found = new Map<string, string>();
    for (const reference of references) {
      const person = isAlias(reference)
        ? known.owner([aliasOf(reference)])?.pseudonym
        : await this.registered(pseudonymOf(reference));
      if (person === undefined) throw unknownReference('person', reference);
      found.set(reference, person);
    }
    return reference => found.get(reference) ?? reference;
  }

  async named(asked: Asked, answer: Answer): Promise<Answer> {
    const [record = answer.record] = await this.withNames(asked, [answer.record]);
    return new Answer(record, answer.event, answer.replayed);
  }

  async rows(asked: Asked, rows: readonly Row[]): Promise<readonly Row[]> {
    const items = await this.withNames(
      asked,
      rows.map(({ item }) => item),
    );
    return rows.map(({ cursor }, nth) => ({ cursor, item: items[nth] ?? {} }));
  }

  private async withNames<Record extends object>(
    { may }: Asked,
    records: readonly Record[],
  ): Promise<readonly Record[]> {
    if (!(await may('people:read'))) return records;
    const wanted = new Set(records.flatMap(membersOf).map(({ person }) => person));
    const names = new Map((await this.register.people([...wanted])).map(({ pseudonym, name }) => [pseudonym, name]));
    return records.map(record => ({
      ...record,
      members: membersOf(record).map(member => {
        const personName = names.get(member.person);
        return { ...member, ...(personName !== undefined && { personName }) };
      }),
    }));
  }

  private async registered(pseudonym: string): Promise<string | undefined> {
    const { version } = await this.service.store.read(pseudonym);
    return version > 0 ? pseudonym : undefined;
  }
}

const membersOf = (record: object): readonly Member[] =>
  'members' in record && Array.isArray(record.members) ? (record.members as readonly Member[]) : [];
