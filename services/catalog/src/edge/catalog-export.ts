import { PERSON } from '@slipway/edge';
import type { DirectoryPerson } from '@slipway/event-store';
import type { Service } from '@slipway/service';
import { inUse } from '../read/registration-list.query.ts';
import { listPeople } from '../read/people.query.ts';
import type { ApplicationRow } from '../read/application-list.entity.ts';
import type { EnvironmentRow } from '../read/environment-list.entity.ts';
import type { ServiceRow } from '../read/service-list.entity.ts';
import type { TeamRow } from '../read/team-list.entity.ts';
import { type Grant, listGrants } from '../read/role-grants.query.ts';
import { PeopleRegister } from './people-register.ts';

type NameOf = (id: string) => string;

/** Beside what everybody sees: people, by their names; role grants, which need people. */
type With = Readonly<{ people: boolean; grantsAt?: string }>;

/** What is in use, in the shape of an import. */
export const exported = async (service: Service, { people: withPeople, grantsAt }: With): Promise<object> => {
  const { dataSource } = service;
  const all = await inUse(dataSource);
  const people = withPeople ? await registeredPeople(service) : [];
  const nameOf = (id: string): string => all.serviceNames.get(id) ?? id;
  const references = new Map(people.map(person => [person.pseudonym, referenceTo(person)]));
  return {
    services: all.services.map(row => ofService(row, nameOf)),
    environments: all.environments.map(ofEnvironment),
    ...(withPeople && {
      people: people.filter(({ kind }) => kind === 'person').map(ofPerson),
      serviceAccounts: people.filter(({ kind }) => kind === 'service-account').map(ofAccount),
    }),
    teams: all.teams.map(row => ofTeam(row, pseudonym => references.get(pseudonym) ?? pseudonym)),
    applications: all.applications.map(row => ofApplication(row, nameOf)),
    ...(grantsAt !== undefined && {
      roleGrants: await grantsFrom(service, grantsAt, {
        services: nameOf,
        environments: namesIn(all.environments),
        applications: namesIn(all.applications),
        person: pseudonym => references.get(pseudonym),
      }),
    }),
  };
};

const namesIn = (rows: readonly Readonly<{ id: string; name: string }>[]): NameOf => {
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return id => names.get(id) ?? id;
};

type Names = Readonly<Record<'services' | 'environments' | 'applications', NameOf>> &
  Readonly<{ person: (pseudonym: string) => string | undefined }>;

/** Grants that are held or will be; whoever is not in the directory cannot be named, and holds nothing. */
const grantsFrom = async (service: Service, at: string, names: Names): Promise<readonly object[]> => {
  const grants = await listGrants(service.dataSource, {}, { limit: MANY });
  return grants
    .map(({ item }) => item)
    .filter(({ to, revoked }) => !revoked && (to === undefined || Date.parse(to) > Date.parse(at)))
    .flatMap(grant => ofGrant(grant, names));
};

const ofGrant = ({ person, role, scope, from, to }: Grant, names: Names): readonly object[] => {
  const reference = names.person(person);
  if (reference === undefined) return [];
  const { services, environments, applications, teams, actions } = scope;
  return [
    {
      person: reference,
      role,
      ...(services && { services: services.map(names.services) }),
      ...(applications && { applications: applications.map(names.applications) }),
      ...(teams && { teams }),
      ...(environments && { environments: environments.map(names.environments) }),
      ...(actions && { actions }),
      from,
      ...(to !== undefined && { to }),
    },
  ];
};

/** The position that all of it shows at least. */
export const positionOf = async (service: Service): Promise<number> => {
  const views = ['services', 'environments', 'teams', 'applications', 'people', 'role-grants'];
  return Math.min(...(await Promise.all(views.map(view => service.positionShown(`catalog.${view}`)))));
};

const MANY = 1_000_000;

// Whoever has an entry but no event was cut off while being registered.
const registeredPeople = async (service: Service): Promise<readonly DirectoryPerson[]> => {
  const rows = await listPeople(service.dataSource, {}, { limit: MANY });
  const registered = new Set(rows.map(({ pseudonym }) => pseudonym));
  const people = await new PeopleRegister(service).people();
  return people.filter(({ pseudonym }) => registered.has(pseudonym));
};

const referenceTo = ({ pseudonym, email = '', aliases: [first = pseudonym] }: DirectoryPerson): string =>
  PERSON.test(email) ? email : first;

/** Without what says nothing, and without empty lists. */
const said = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );

const ofService = (row: ServiceRow, nameOf: NameOf): object =>
  said({
    name: row.name,
    title: row.title,
    ownerTeam: row.ownerTeam,
    criticality: row.criticality,
    repositories: row.repositories,
    alertLabels: row.alertLabels,
    aliases: row.aliases,
    dependencies: row.dependencies.map(({ serviceId, kind }) => ({ service: nameOf(serviceId), kind })),
    criticalOrImportantFunction: row.criticalOrImportantFunction,
    inSoxScope: row.inSoxScope,
    thirdPartyProvider: row.thirdPartyProvider,
  });

const ofEnvironment = (row: EnvironmentRow): object =>
  said({
    name: row.name,
    title: row.title,
    tier: row.tier,
    region: row.region,
    timeZone: row.timeZone,
    aliases: row.aliases,
    openness: row.openness,
    ownerTeam: row.ownerTeam,
    certified: row.certified,
    dataClass: row.dataClass,
    topology: row.topology,
    middleware: row.middleware,
  });

const ofApplication = ({ name, title, ownerTeam, serviceIds }: ApplicationRow, nameOf: NameOf): object =>
  said({ name, title, ownerTeam, services: serviceIds.map(nameOf) });

const ofTeam = ({ name, title, members, onCall }: TeamRow, referenceOf: NameOf): object =>
  said({ name, title, members: members.map(({ person, part }) => ({ person: referenceOf(person), part })), onCall });

const ofPerson = ({ name, email, leavesOn, aliases }: DirectoryPerson): object =>
  said({
    name,
    email: email ?? null,
    accounts: aliases.filter(alias => alias !== `email:${email}`.toLowerCase()),
    leavesOn: leavesOn ?? null,
  });

// The first account stays its identity, and there is always one.
const ofAccount = ({ name, email, leavesOn, aliases }: DirectoryPerson): object =>
  said({ name, email: email ?? null, accounts: aliases, leavesOn: leavesOn ?? null });
