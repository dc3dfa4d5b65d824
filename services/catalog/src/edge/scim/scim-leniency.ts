const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:user:';

/** Attributes of RFC 7643, 4.1 that the directory has no place for. */
export const NO_PLACE = [
  'nickName',
  'profileUrl',
  'title',
  'userType',
  'preferredLanguage',
  'locale',
  'timezone',
  'password',
  'phoneNumbers',
  'ims',
  'photos',
  'addresses',
  'groups',
  'entitlements',
  'roles',
  'x509Certificates',
  'name.givenName',
  'name.familyName',
  'name.middleName',
  'name.honorificPrefix',
  'name.honorificSuffix',
  'emails.display',
];
const dropped = new Set(NO_PLACE.map(name => name.toLowerCase()));

type Fields = Readonly<Record<string, unknown>>;

/** A resource as identity providers send it: flags may be texts, and a name may only be spelled in parts. */
export const readUser = (body: unknown): unknown => {
  if (!isFields(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, readValue(name, value)]));
};

/**
 * A PATCH as identity providers send it. What it says of attributes that we have no place for is left out, so that the rest
 * of it is done; what no schema knows stays, and is refused.
 */
export const readUserPatch = (body: unknown): unknown => {
  if (!isFields(body) || !Array.isArray(body['Operations'])) return body;
  return { ...body, Operations: body['Operations'].flatMap(readOperation) };
};

/** Whether a PATCH has nothing left to do. */
export const isEmptied = (before: unknown, after: unknown): boolean =>
  operationsIn(before).length > 0 && operationsIn(after).length === 0;

const operationsIn = (body: unknown): readonly unknown[] =>
  isFields(body) && Array.isArray(body['Operations']) ? body['Operations'] : [];

const readOperation = (operation: unknown): readonly unknown[] => {
  if (!isFields(operation)) return [operation];
  const { path, value } = operation;
  if (typeof path === 'string') return hasNoPlace(path) ? [] : [{ ...operation, ...valueAt(path, value) }];
  if (!isFields(value)) return [operation];
  const kept = Object.entries(value).filter(([name]) => !hasNoPlace(name));
  if (kept.length === 0 && Object.keys(value).length > 0) return [];
  return [{ ...operation, value: Object.fromEntries(kept.map(([name, item]) => [name, readValue(name, item)])) }];
};

const valueAt = (path: string, value: unknown): object =>
  value === undefined ? {} : { value: readValue(path, value) };

const hasNoPlace = (path: string): boolean => {
  const plain = path.toLowerCase();
  if (plain.startsWith(ENTERPRISE)) return true;
  const attribute = (plain.startsWith(CORE) ? plain.slice(CORE.length) : plain).replaceAll(/\[.*?\]/g, '');
  return dropped.has(attribute) || dropped.has(attribute.split('.', 1)[0] ?? '');
};

const readValue = (name: string, value: unknown): unknown => {
  if (name.toLowerCase() === 'active') return flagOf(value);
  return name.toLowerCase() === 'name' && isFields(value) ? wholeName(value) : value;
};

const flagOf = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^(?:true|false)$/i.test(value)) return value;
  return value.toLowerCase() === 'true';
};

const wholeName = ({ formatted, givenName, familyName }: Fields): object => {
  const spelled = [givenName, familyName].filter(part => typeof part === 'string').join(' ');
  const whole = formatted ?? (spelled || undefined);
  return whole === undefined ? {} : { formatted: whole };
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
