import { type Asked, ProblemException } from '@slipway/edge';
import type { Message, Recorded } from '@slipway/event-sourcing';
import type { AnyDecider } from '@slipway/event-store';
import type { Service } from '@slipway/service';
import { roleGrant } from '../domain/role-grant.ts';
import { roleGrantView } from '../read/role-grant.view.ts';
import type { RegisterApplicationDto } from './applications.dto.ts';
import type { CatalogDocument } from './catalog-import.dto.ts';
import type { RegisterEnvironmentDto } from './environments.dto.ts';
import { PeopleImport } from './people-import.ts';
import { saidIn } from './people-register.ts';
import { type Imported, importRecord, refused, type Wanted } from './record-import.ts';
import { firstUnknown, type Named } from './references.ts';
import { grantOf, streamOfGrant } from './role-grant-import.ts';
import { deciderOf, shownOf, statingCommand, streamOfName } from './registrations.ts';
import type { GrantRoleDto } from './role-grants.dto.ts';
import type { RegisterServiceDto } from './services.dto.ts';
import {
  applicationStatement,
  dependenciesIn,
  environmentStatement,
  serviceStatement,
  teamStatement,
} from './statements.ts';
import type { RegisterTeamDto } from './teams.dto.ts';

/** One document, a command a record. What the document names itself counts as registered. */
export class CatalogImport {
  private readonly people: PeopleImport;

  constructor(
    private readonly service: Service,
    private readonly asked: Asked,
    private readonly document: CatalogDocument,
    private readonly dryRun: boolean,
  ) {
    this.people = new PeopleImport(service, asked, dryRun);
  }

  async run(): Promise<readonly Imported[]> {
    const { services = [], environments = [], people = [], serviceAccounts = [] } = this.document;
    const { teams = [], applications = [], roleGrants = [] } = this.document;
    const records: Imported[] = [];
    for (const dto of services) records.push(await this.serviceIn(dto));
    for (const dto of environments) records.push(await this.environmentIn(dto));
    for (const dto of people) records.push(await this.people.one(saidIn(dto, 'person')));
    for (const dto of serviceAccounts) records.push(await this.people.one(saidIn(dto, 'service-account')));
    for (const dto of teams) records.push(await this.teamIn(dto));
    for (const dto of applications) records.push(await this.applicationIn(dto));
    for (const dto of roleGrants) records.push(await this.grantIn(dto));
    return records;
  }

  private async serviceIn(dto: RegisterServiceDto): Promise<Imported> {
    const unknown = await this.unknown('service', dependenciesIn(dto));
    if (unknown) return refused({ record: 'service', name: dto.name }, unknown);
    return this.registration('service', dto.name, serviceStatement(dto));
  }

  private async environmentIn(dto: RegisterEnvironmentDto): Promise<Imported> {
    const statement = stated(() => environmentStatement(dto));
    if ('rejected' in statement) return refused({ record: 'environment', name: dto.name }, statement);
    return this.registration('environment', dto.name, statement);
  }

  private async applicationIn(dto: RegisterApplicationDto): Promise<Imported> {
    const unknown = await this.unknown('service', dto.services ?? []);
    if (unknown) return refused({ record: 'application', name: dto.name }, unknown);
    return this.registration('application', dto.name, applicationStatement(dto));
  }

  private async teamIn(dto: RegisterTeamDto): Promise<Imported> {
    const members = new Map<string, string>();
    for (const { person } of dto.members ?? []) {
      const found = await this.people.find(person);
      if (!found) return refused({ record: 'team', name: dto.name }, unknownIn('person', person));
      members.set(person, found === 'added' ? person : found.pseudonym);
    }
    return this.registration(
      'team',
      dto.name,
      teamStatement(dto, person => members.get(person) ?? person),
    );
  }

  private async grantIn(dto: GrantRoleDto): Promise<Imported> {
    const of = { record: 'role-grant', name: `${dto.role} for ${dto.person}` } as const;
    const unknown =
      (await this.unknown('service', dto.services ?? [])) ??
      (await this.unknown('environment', dto.environments ?? []));
    if (unknown) return refused(of, unknown);
    const person = await this.people.find(dto.person);
    if (person === undefined) return refused(of, unknownIn('person', dto.person));
    const grant = grantOf(dto, person === 'added' ? dto.person : person.pseudonym);
    return this.record({
      ...of,
      stream: await streamOfGrant(this.service, grant),
      command: () => ({ type: 'GrantRole', data: grant }),
      decider: roleGrant as AnyDecider,
      shown: shownBy(roleGrantView),
    });
  }

  private registration(category: Named, name: string, statement: object): Promise<Imported> {
    return this.record({
      record: category,
      name,
      stream: streamOfName(category, name),
      command: statingCommand(category, name, statement),
      decider: deciderOf(this.service, category),
      shown: shownOf(category),
    });
  }

  private record(wanted: Wanted): Promise<Imported> {
    return importRecord(this.service, this.asked, wanted, this.dryRun);
  }

  private async unknown(category: 'service' | 'environment', references: readonly string[]) {
    const own = new Set(
      (category === 'service' ? this.document.services : this.document.environments)?.map(each => each.name),
    );
    const unknown = await firstUnknown(
      this.service,
      category,
      references.filter(each => !own.has(each)),
    );
    return unknown === undefined ? undefined : unknownIn(category, unknown);
  }
}

const unknownIn = (category: 'service' | 'environment' | 'person', reference: string) => ({
  rejected: `unknown-${category}`,
  reason: `There is no ${category} ${reference}, and the document names none.`,
});

// What the edge refuses of one record is a row of the answer here.
const stated = <Statement extends object>(state: () => Statement): Statement | { rejected: string; reason: string } => {
  try {
    return state();
  } catch (error) {
    if (!(error instanceof ProblemException)) throw error;
    return { rejected: error.problem.code, reason: error.problem.detail };
  }
};

const HIDDEN = new Set(['registeredAt', 'updatedAt', 'grantedAt', 'grantedBy']);

const shownBy =
  <Event extends Message, View extends object>(
    view: (view: View | undefined, event: Recorded<Event>) => View | undefined,
  ) =>
  (events: readonly Recorded[]): object => {
    const folded = (events as readonly Recorded<Event>[]).reduce<View | undefined>(view, undefined);
    return Object.fromEntries(Object.entries(folded ?? {}).filter(([field]) => !HIDDEN.has(field)));
  };
