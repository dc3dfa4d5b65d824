import SCIMMY from 'scimmy';
import { NO_PLACE } from './scim-leniency.ts';

export const BASE = '/v1/scim/v2';
export const SCIM_JSON = 'application/scim+json';

SCIMMY.Schemas.User.truncate(NO_PLACE as never);

// An alias is never taken away: with a second one nobody could tell which is meant.
for (const name of ['userName', 'externalId']) {
  const { config } = SCIMMY.Schemas.User.definition.attribute(name) as SCIMMY.Types.Attribute;
  config.mutable = 'immutable';
}

SCIMMY.Resources.declare(SCIMMY.Resources.User, { basepath: BASE });
SCIMMY.Resources.declare(SCIMMY.Resources.Group, { basepath: BASE });
SCIMMY.Resources.Schema.basepath(BASE);
SCIMMY.Resources.ResourceType.basepath(BASE);
SCIMMY.Resources.ServiceProviderConfig.basepath(BASE);
SCIMMY.Config.set({
  patch: true,
  filter: { maxResults: 200 },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'OAuth 2 bearer token',
      description: 'A JWT of the issuer that Slipway trusts, as for every other request.',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
    },
  ],
} as never);

export type ScimUser = Readonly<{
  id?: string;
  externalId?: string;
  userName: string;
  name?: Readonly<{ formatted?: string }>;
  displayName?: string;
  active?: boolean;
  emails?: readonly Readonly<{ value?: string; type?: string; primary?: boolean }>[];
}>;

export type ScimGroup = Readonly<{
  id?: string;
  externalId?: string;
  displayName: string;
  members?: readonly Readonly<{ value?: string; type?: string; display?: string }>[];
}>;

/** An error in the shape of SCIM (RFC 7644, 3.12). */
export const scimError = (status: number, scimType: string | undefined, detail: string): Error =>
  new SCIMMY.Types.Error(status, scimType as never, detail);

/** What does not fit a schema is a 400 of SCIM's. */
const checked = <Value>(make: () => Value, scimType = 'invalidValue'): Value => {
  try {
    return make();
  } catch (error) {
    throw error instanceof TypeError ? scimError(400, scimType, error.message) : error;
  }
};

type Kind = Readonly<{ schema: typeof SCIMMY.Schemas.User | typeof SCIMMY.Schemas.Group; path: string }>;
const KINDS = {
  User: { schema: SCIMMY.Schemas.User, path: `${BASE}/Users` },
  Group: { schema: SCIMMY.Schemas.Group, path: `${BASE}/Groups` },
} as const satisfies Readonly<Record<string, Kind>>;
export type ScimKind = keyof typeof KINDS;
type Of<Name extends ScimKind> = Name extends 'User' ? ScimUser : ScimGroup;

/** A body as its schema has it. Throws SCIM's 400. */
export const received = <Name extends ScimKind>(kind: Name, body: unknown): Of<Name> => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw scimError(400, 'invalidSyntax', 'The body must be one resource.');
  return checked(() => new KINDS[kind].schema(body as never, 'in')) as unknown as Of<Name>;
};

/** A resource as it is answered, with the attributes that were asked for. */
export const shown = (kind: ScimKind, resource: object, attributes?: SCIMMY.Types.Filter): object =>
  checked(() => new KINDS[kind].schema(resource as never, 'out', KINDS[kind].path, attributes));

const MOST_OPERATIONS = 1_000;
const LONGEST_PATH = 500;

/** A resource after a PATCH; undefined when nothing differs. Throws SCIM's 400. */
export const patched = async <Name extends ScimKind>(
  kind: Name,
  resource: object,
  body: unknown,
): Promise<Of<Name> | undefined> => {
  const { Operations: operations = [] } = (body ?? {}) as Readonly<{ Operations?: unknown }>;
  // Its expressions take time that grows with the square of a path.
  if (Array.isArray(operations) && (operations.length > MOST_OPERATIONS || operations.some(isLongWinded)))
    throw scimError(
      400,
      'invalidPath',
      `A PATCH has at most ${MOST_OPERATIONS} operations on paths of ${LONGEST_PATH}.`,
    );
  const message = checked(() => new SCIMMY.Messages.PatchOp(body as never));
  const before = shown(kind, resource) as never;
  return (await message.apply(before).catch(asScim)) as unknown as Of<Name> | undefined;
};

const isLongWinded = (operation: unknown): boolean => {
  const { path = '', value } = (operation ?? {}) as Readonly<{ path?: unknown; value?: unknown }>;
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return [String(path), ...keys].some(each => each.length > LONGEST_PATH);
};

const asScim = (error: unknown): never => {
  throw error instanceof TypeError ? scimError(400, 'invalidValue', error.message) : error;
};

/** Of a filter, or of the attributes that a query asks for or leaves out. Throws SCIM's 400. */
export const parsedFilter = (text: string): SCIMMY.Types.Filter =>
  checked(() => new SCIMMY.Types.Filter(text), 'invalidFilter');

const DOCUMENTS = {
  ServiceProviderConfig: SCIMMY.Resources.ServiceProviderConfig,
  ResourceTypes: SCIMMY.Resources.ResourceType,
  Schemas: SCIMMY.Resources.Schema,
} as const;

/** What a client can learn about this provider. Throws SCIM's 404. */
export const aboutUs = async (document: keyof typeof DOCUMENTS, id?: string): Promise<object> => {
  const resource = new DOCUMENTS[document](id as never);
  return (await resource.read(undefined as never)) as object;
};
