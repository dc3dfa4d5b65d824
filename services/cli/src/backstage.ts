import { parsedRef, type Reference } from './backstage-reference.ts';
import type { Read } from './catalog-document.ts';

/** An entity of Backstage's descriptor format (backstage.io/docs/features/software-catalog/descriptor-format). */
export type Entity = Readonly<{
  apiVersion: string;
  kind: string;
  metadata: Readonly<{
    name: string;
    title?: string;
    labels?: Readonly<Record<string, string>>;
    annotations?: Readonly<Record<string, string>>;
  }>;
  spec?: Readonly<Record<string, unknown>>;
}>;

export const isEntity = (value: object): value is Entity => {
  const { apiVersion, kind, metadata } = value as Partial<Entity>;
  return (
    typeof apiVersion === 'string' &&
    apiVersion.startsWith('backstage.io/') &&
    typeof kind === 'string' &&
    typeof metadata?.name === 'string'
  );
};

const KNOWN = ['Component', 'Resource', 'System', 'Group', 'User'];
const CRITICALITIES = new Set(['low', 'medium', 'high', 'critical']);

/** Entities as a document of the catalog. Kinds and people that it has no place for are left out, with a remark each. */
export const fromBackstage = (entities: readonly Entity[]): Read => {
  if (entities.length === 0) return { document: {}, remarks: [] };
  const remarks: string[] = [];
  for (const { kind, metadata } of entities)
    if (!KNOWN.includes(kind)) remarks.push(`${kind} ${metadata.name} is left out: the catalog has no such kind.`);
  const of = (...kinds: readonly string[]) => entities.filter(({ kind }) => kinds.includes(kind));
  const users = of('User').filter(user => {
    if (addressOf(user) !== undefined) return true;
    remarks.push(`User ${user.metadata.name} is left out: without an e-mail or an account nobody would be recognized.`);
    return false;
  });
  const callable = of('Component', 'Resource');
  const document = {
    services: callable.map(each => serviceOf(each, callable)),
    applications: of('System').map(system => applicationOf(system, callable)),
    teams: of('Group').map(group => teamOf(group, users, remarks)),
    people: users.map(personOf),
  };
  return { document: Object.fromEntries(Object.entries(document).filter(([, list]) => list.length > 0)), remarks };
};

const textIn = ({ spec = {} }: Entity, field: string): string | undefined => {
  const value = spec[field];
  return typeof value === 'string' ? value : undefined;
};

const referencesIn = ({ spec = {} }: Entity, field: string, kind: string): readonly Reference[] => {
  const values = spec[field];
  return Array.isArray(values)
    ? values.filter(value => typeof value === 'string').map(value => parsedRef(value, kind))
    : [];
};

const titleOf = ({ metadata, spec = {} }: Entity): string => {
  const { displayName } = (spec['profile'] ?? {}) as Readonly<{ displayName?: unknown }>;
  return metadata.title ?? (typeof displayName === 'string' ? displayName : metadata.name);
};

const ownerOf = (entity: Entity): string => parsedRef(textIn(entity, 'owner') ?? 'unknown', 'group').name;

const saidBy = ({ metadata }: Entity, name: string): string | undefined =>
  metadata.annotations?.[name] ?? metadata.labels?.[name];

const serviceOf = (entity: Entity, all: readonly Entity[]): object => {
  const criticality = saidBy(entity, 'slipway.dev/criticality') ?? '';
  const repositories = repositoriesOf(entity);
  const dependencies = dependenciesOf(entity, all);
  return {
    name: entity.metadata.name,
    title: titleOf(entity),
    ownerTeam: ownerOf(entity),
    criticality: CRITICALITIES.has(criticality) ? criticality : 'medium',
    ...(repositories.length > 0 && { repositories }),
    ...(dependencies.length > 0 && { dependencies }),
  };
};

const repositoriesOf = (entity: Entity): readonly string[] =>
  [
    saidBy(entity, 'github.com/project-slug'),
    saidBy(entity, 'gitlab.com/project-slug'),
    saidBy(entity, 'backstage.io/source-location')?.replace(/^url:/, ''),
  ].filter(each => each !== undefined);

/** What it depends on, and what says that it is a dependency of this one. */
const dependenciesOf = (entity: Entity, all: readonly Entity[]): readonly object[] => {
  const stated = referencesIn(entity, 'dependsOn', 'component').filter(
    ({ kind }) => kind === 'component' || kind === 'resource',
  );
  const inverse = all.filter(other =>
    referencesIn(other, 'dependencyOf', 'component').some(
      ({ kind, name }) => kind === entity.kind.toLowerCase() && name === entity.metadata.name,
    ),
  );
  const named = [
    ...stated,
    ...inverse.map(({ kind, metadata }) => ({ kind: kind.toLowerCase(), name: metadata.name })),
  ];
  const kinds = new Map(named.map(({ kind, name }) => [name, kind === 'resource' ? kindOf(name, all) : 'service']));
  return [...kinds].map(([service, kind]) => ({ service, kind }));
};

const kindOf = (name: string, all: readonly Entity[]): string => {
  const resource = all.find(({ kind, metadata }) => kind === 'Resource' && metadata.name === name);
  return resource && textIn(resource, 'type') === 'database' ? 'database' : 'third-party';
};

const applicationOf = (system: Entity, all: readonly Entity[]): object => ({
  name: system.metadata.name,
  title: titleOf(system),
  ownerTeam: ownerOf(system),
  services: all
    .filter(each => parsedRef(textIn(each, 'system') ?? '', 'system').name === system.metadata.name)
    .map(({ metadata }) => metadata.name),
});

const teamOf = (group: Entity, users: readonly Entity[], remarks: string[]): object => {
  const { name } = group.metadata;
  const stated = referencesIn(group, 'members', 'user').map(each => each.name);
  const claiming = users
    .filter(user => referencesIn(user, 'memberOf', 'group').some(each => each.name === name))
    .map(({ metadata }) => metadata.name);
  const members = [...new Set([...stated, ...claiming])].flatMap(member => {
    const user = users.find(each => each.metadata.name === member);
    if (!user) remarks.push(`User ${member} is left out of the team ${name}: no file says who that is.`);
    return user ? [{ person: addressOf(user) }] : [];
  });
  return { name, title: titleOf(group), ...(members.length > 0 && { members }) };
};

const emailOf = ({ spec = {} }: Entity): string | undefined => {
  const { email } = (spec['profile'] ?? {}) as Readonly<{ email?: unknown }>;
  return typeof email === 'string' ? email : undefined;
};

const accountsOf = (user: Entity): readonly string[] =>
  (['github', 'gitlab'] as const).flatMap(tool => {
    const login = saidBy(user, `${tool}.com/user-login`);
    return login === undefined ? [] : [`${tool}:${login}`];
  });

const addressOf = (user: Entity): string | undefined => emailOf(user) ?? accountsOf(user)[0];

const personOf = (user: Entity): object => {
  const email = emailOf(user);
  const accounts = accountsOf(user);
  return { name: titleOf(user), ...(email && { email }), ...(accounts.length > 0 && { accounts }) };
};
