import { type Asked, ProblemException } from '@slipway/edge';
import type { Message, Recorded } from '@slipway/event-sourcing';
import type { AnyDecider } from '@slipway/event-store';
import type { Service } from '@slipway/service';
import { environment, environmentIdOf } from '../domain/environment.ts';
import { type AskedGrant, grantIdOf, roleGrant } from '../domain/role-grant.ts';
import { service as serviceDecider, serviceIdOf } from '../domain/service.ts';
import { environmentView } from '../read/environment.view.ts';
import { roleGrantView } from '../read/role-grant.view.ts';
import { serviceView } from '../read/service.view.ts';
import type { CatalogDocument } from './catalog-import.dto.ts';
import type { RegisterEnvironmentDto } from './environments.dto.ts';
import { PeopleImport } from './people-import.ts';
import type { Said } from './people-register.ts';
import type { UpdatePersonDto } from './people.dto.ts';
import { type Imported, importRecord, refused, type Wanted } from './record-import.ts';
import { firstUnknown, idOfReference } from './references.ts';
import type { GrantRoleDto } from './role-grants.dto.ts';
import type { RegisterServiceDto } from './services.dto.ts';
import { dependenciesIn, environmentStatement, serviceStatement } from './statements.ts';

type Category = 'service' | 'environment';

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
    const { services = [], environments = [], people = [], serviceAccounts = [], roleGrants = [] } = this.document;
    const records: Imported[] = [];
    for (const dto of services) records.push(await this.serviceIn(dto));
    for (const dto of environments) records.push(await this.environmentIn(dto));
    for (const dto of people) records.push(await this.people.one(said(dto, 'person')));
    for (const dto of serviceAccounts) records.push(await this.people.one(said(dto, 'service-account')));
    for (const dto of roleGrants) records.push(await this.grantIn(dto));
    return records;
  }

  private async serviceIn(dto: RegisterServiceDto): Promise<Imported> {
    const of = { record: 'service', name: dto.name } as const;
    const unknown = await this.unknown('service', dependenciesIn(dto));
    if (unknown) return refused(of, unknown);
    const statement = serviceStatement(dto);
    return this.record({
      ...of,
      stream: `service-${serviceIdOf(dto.name)}`,
      command: exists =>
        exists
          ? { type: 'UpdateService', data: statement }
          : { type: 'RegisterService', data: { name: dto.name, ...statement } },
      decider: serviceDecider as AnyDecider,
      shown: shownBy(serviceView),
    });
  }

  private async environmentIn(dto: RegisterEnvironmentDto): Promise<Imported> {
    const of = { record: 'environment', name: dto.name } as const;
    const statement = stated(() => environmentStatement(dto));
    if ('rejected' in statement) return refused(of, statement);
    return this.record({
      ...of,
      stream: `environment-${environmentIdOf(dto.name)}`,
      command: exists =>
        exists
          ? { type: 'UpdateEnvironment', data: statement }
          : { type: 'RegisterEnvironment', data: { name: dto.name, ...statement } },
      decider: environment as AnyDecider,
      shown: shownBy(environmentView),
    });
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
      stream: `roleGrant-${grantIdOf(grant)}`,
      command: () => ({ type: 'GrantRole', data: grant }),
      decider: roleGrant as AnyDecider,
      shown: shownBy(roleGrantView),
    });
  }

  private record(wanted: Wanted): Promise<Imported> {
    return importRecord(this.service, this.asked, wanted, this.dryRun);
  }

  private async unknown(category: Category, references: readonly string[]) {
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

const said = ({ name, email, accounts = [] }: UpdatePersonDto, kind: Said['kind']): Said => ({
  kind,
  name,
  ...(email !== undefined && { email }),
  accounts,
});

const unknownIn = (category: Category | 'person', reference: string) => ({
  rejected: `unknown-${category}`,
  reason: `There is no ${category} ${reference}, and the document names none.`,
});

const grantOf = (
  { role, services, applications, teams, environments, actions, from, to }: GrantRoleDto,
  person: string,
): AskedGrant => ({
  person,
  role,
  scope: {
    ...(services && { services: services.map(each => idOfReference('service', each)) }),
    ...(applications && { applications: applications.map(each => idOfReference('application', each)) }),
    ...(teams && { teams }),
    ...(environments && { environments: environments.map(each => idOfReference('environment', each)) }),
    ...(actions && { actions }),
  },
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
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
