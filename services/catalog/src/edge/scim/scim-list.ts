import { invalidFields } from '@slipway/edge';
import { parsedFilter, scimError, type ScimKind, shown } from './scim-schemas.ts';

export type ScimQuery = Readonly<Record<string, unknown>>;

const MOST = 200;
const LONGEST = 500;

/** A page of resources (RFC 7644, 3.4.2): those that a filter matches, from `startIndex` on, which begins at 1. */
export const listed = (kind: ScimKind, resources: readonly object[], query: ScimQuery): object => {
  const filter = textIn(query, 'filter');
  const found = filter === undefined ? resources : matching(filter, resources);
  const startIndex = Math.max(1, integerIn(query, 'startIndex') ?? 1);
  const count = Math.min(MOST, Math.max(0, integerIn(query, 'count') ?? MOST));
  const page = found.slice(startIndex - 1, startIndex - 1 + count);
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: found.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page.map(resource => projected(kind, resource, query)),
  };
};

/** A resource with the attributes that a query asks for. */
export const projected = (kind: ScimKind, resource: object, query: ScimQuery): object => {
  const asked = textIn(query, 'attributes');
  const left = textIn(query, 'excludedAttributes');
  const names = (asked ?? left)?.split(',').map(name => `${name.trim()} ${asked === undefined ? 'np' : 'pr'}`);
  if (!names) return shown(kind, resource);
  // Which schemas it has is always told (RFC 7643, 3.1).
  const { schemas } = shown(kind, resource) as Readonly<{ schemas?: unknown }>;
  return { ...shown(kind, resource, parsedFilter(names.join(' and '))), schemas };
};

const textIn = (query: ScimQuery, name: string): string | undefined => {
  const text = query[name];
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string' || text.length > LONGEST)
    throw scimError(400, 'invalidFilter', `${name} is one text of at most ${LONGEST} characters.`);
  return text;
};

const integerIn = (query: ScimQuery, name: string): number | undefined => {
  const text = query[name];
  if (text === undefined) return undefined;
  if (typeof text === 'string' && /^-?\d{1,9}$/.test(text)) return Number(text);
  throw invalidFields([{ pointer: `/${name}`, detail: `${name} must be an integer` }]);
};

// No attribute that we have is case-exact but the id, which is in lower case.
const matching = (filter: string, resources: readonly object[]): readonly object[] => {
  const parsed = parsedFilter(filter.replaceAll(/"(?:[^"\\]|\\.)*"/g, literal => literal.toLowerCase()));
  const candidates = resources.map((resource, at) => ({ ...inLowerCase(resource), at }));
  const found = new Set(parsed.match(candidates as never).map(({ at }: Readonly<{ at: number }>) => at));
  return resources.filter((_, at) => found.has(at));
};

const inLowerCase = (value: object): object =>
  Object.fromEntries(Object.entries(value).map(([name, item]) => [name.toLowerCase(), lowered(item)]));

const lowered = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toLowerCase();
  if (Array.isArray(value)) return value.map(lowered);
  return typeof value === 'object' && value !== null ? inLowerCase(value) : value;
};
