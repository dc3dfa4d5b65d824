import { type Ledger } from '../rows/ledger.ts';
import { type Scope, scoped } from '../rows/known.ts';
import { PATTERNS, SIZES } from '../rows/traits.ts';

/** By what a report can be told apart. */
export const DIMENSIONS = [
  'service',
  'team',
  'application',
  'environment',
  'region',
  'releaseKind',
  'changeModel',
  'size',
  'pattern',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One of a dimension: what it is called, and what is in it. */
export type Slice = Readonly<{ dimension: Dimension; id: string; name: string; scope: Scope }>;

/** The slices of a scope by a dimension, by name. Services that nothing is known of have none. */
export const slicesOf = (ledger: Ledger, scope: Scope, dimension: Dimension): readonly Slice[] =>
  found(ledger, scope, dimension)
    .map(each => ({ dimension, ...each, scope: { ...scope, ...each.scope } }))
    .toSorted((a, b) => compare(a.name, b.name) || compare(a.id, b.id));

type Found = Omit<Slice, 'dimension'>;

const found = (ledger: Ledger, scope: Scope, dimension: Dimension): readonly Found[] => {
  const { catalog } = ledger;
  switch (dimension) {
    case 'service':
      return servicesIn(ledger, scope).map(id => ({ id, name: nameOf(ledger, id), scope: { serviceIds: [id] } }));
    case 'team': {
      const owners = Map.groupBy(catalog.services, ({ ownerTeam }) => ownerTeam ?? '');
      owners.delete('');
      return [...owners].map(([team, services]) =>
        named(team, {
          serviceIds: within(
            scope,
            services.map(({ id }) => id),
          ),
        }),
      );
    }
    case 'application':
      return catalog.applications.map(({ id, name, serviceIds }) => ({
        id,
        name,
        scope: { serviceIds: within(scope, serviceIds) },
      }));
    case 'environment':
      return placesIn(ledger, scope).map(id => ({
        id,
        name: catalog.environments.find(each => each.id === id)?.name ?? id,
        scope: { environmentId: id },
      }));
    case 'region':
      return [...new Set(regionsIn(ledger))].map(region => named(region, { region }));
    default:
      return traitsIn(ledger, dimension).map(value => named(value, { [dimension]: value }));
  }
};

const named = (name: string, scope: Scope): Found => ({ id: name, name, scope });

const within = ({ serviceIds }: Scope, ids: readonly string[]): readonly string[] =>
  ids.filter(id => serviceIds?.includes(id) ?? true);

const servicesIn = ({ runs, incidents, changes }: Ledger, scope: Scope): readonly string[] => {
  const all = [
    ...runs.map(({ serviceId }) => serviceId),
    ...[...incidents, ...changes].flatMap(({ serviceIds }) => serviceIds),
  ];
  return within(scope, [...new Set(all)]);
};

const placesIn = (ledger: Ledger, scope: Scope): readonly string[] => {
  const known = scoped(ledger, scope);
  return [...new Set(known.rollouts.flatMap(({ runs }) => runs.map(({ environmentId }) => environmentId)))];
};

const regionsIn = ({ catalog, runs }: Ledger): readonly string[] =>
  [...catalog.environments.filter(({ tier }) => tier === 'production'), ...runs].flatMap(({ region }) => region ?? []);

const traitsIn = ({ releases }: Ledger, dimension: Dimension): readonly string[] => {
  if (dimension === 'size') return SIZES;
  if (dimension === 'pattern') return PATTERNS;
  if (dimension === 'changeModel') return ['standard', 'normal', 'emergency', 'none'];
  return [...new Set(releases.map(each => each.class ?? 'none')), 'none'].filter(
    (each, at, all) => all.indexOf(each) === at,
  );
};

const nameOf = ({ catalog }: Ledger, serviceId: string): string =>
  catalog.services.find(({ id }) => id === serviceId)?.name ?? serviceId;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
