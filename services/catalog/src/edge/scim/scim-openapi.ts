import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { ErrorsAs } from '@slipway/edge';
import { SCIM_JSON } from './scim-schemas.ts';

// What is received is checked by the schemas of SCIM, which forgive spelling: here it is described as it should be sent.

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const flag = { type: 'boolean' };
const schemas = { type: 'array', items: text, minItems: 1 };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, Schema>>, ...required: readonly string[]): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});

const meta = object({ resourceType: text, location: text }, 'resourceType', 'location');
const USER = {
  schemas,
  externalId: { type: 'string', maxLength: 300 },
  userName: { type: 'string', minLength: 1, maxLength: 300, example: 'ann@example.org' },
  displayName: { type: 'string', maxLength: 200 },
  name: object({ formatted: text }),
  emails: listOf(object({ value: text, type: text, primary: flag }, 'value')),
  active: { ...flag, description: 'False: the last day here was yesterday.' },
};
const GROUP = {
  schemas,
  externalId: { type: 'string', maxLength: 300 },
  displayName: { type: 'string', minLength: 1, maxLength: 200, example: 'Payments & Billing' },
  members: listOf(object({ value: text, type: text, display: text, $ref: text }, 'value')),
};
const SENT = { User: object(USER, 'schemas', 'userName'), Group: object(GROUP, 'schemas', 'displayName') };
// `attributes` and `excludedAttributes` leave out all but the schemas.
const ANSWERED = {
  User: object({ ...USER, id: text, meta }, 'schemas'),
  Group: object({ ...GROUP, id: text, meta }, 'schemas'),
};
type Kind = keyof typeof SENT;

const PATCH = object(
  {
    schemas,
    Operations: {
      ...listOf(object({ op: { type: 'string', example: 'replace' }, path: { type: 'string', maxLength: 500 } }, 'op')),
      maxItems: 1_000,
    },
  },
  'schemas',
  'Operations',
);
const ERROR = object(
  { schemas, status: { type: 'string', pattern: '^[45][0-9]{2}$' }, scimType: text, detail: text },
  'schemas',
  'status',
  'detail',
);
const COUNT = { type: 'integer', minimum: 0 };

const sent = (schema: Schema): MethodDecorator =>
  applyDecorators(ApiConsumes(SCIM_JSON, 'application/json'), ApiBody({ schema: schema as never }));

const answered = (status: number, schema: Schema): MethodDecorator =>
  ApiResponse({ status, description: '', content: { [SCIM_JSON]: { schema: schema as never } } });

/** Errors in the shape of RFC 7644, 3.12. */
export const ScimErrors = (): ClassDecorator => ErrorsAs({ mediaType: SCIM_JSON, schema: ERROR });

export const TakesResource = (kind: Kind): MethodDecorator => sent(SENT[kind]);
export const TakesPatch = (): MethodDecorator => sent(PATCH);

/** One resource; with a query, those of its attributes that it asks for. */
export const AnswersResource = (kind: Kind, status = 200): MethodDecorator => answered(status, ANSWERED[kind]);

export const AnswersResources = (kind: Kind): MethodDecorator =>
  applyDecorators(
    answered(200, listOfAll(ANSWERED[kind])),
    ...['filter', 'startIndex', 'count'].map(name => ApiQuery({ name, type: String, required: false })),
    SelectsAttributes(),
  );

export const SelectsAttributes = (): MethodDecorator =>
  applyDecorators(
    ...['attributes', 'excludedAttributes'].map(name => ApiQuery({ name, type: String, required: false })),
  );

/** What there is to know about this provider: one document, or a list of them. */
export const AnswersDocument = (): MethodDecorator => answered(200, object({ schemas }, 'schemas'));

/**
 * The method is not for this resource; `Allow` tells which are (RFC 9110, 15.5.6). Deactivating instead would break RFC 7644,
 * 3.6: what was deleted is a 404 from then on, and its name can be taken again.
 */
export const NotAllowed = (): MethodDecorator =>
  ApiResponse({
    status: 405,
    description: 'Always.',
    headers: { Allow: { description: 'What can be done.', schema: { type: 'string' } } },
    content: { [SCIM_JSON]: { schema: ERROR as never } },
  });

const listOfAll = (resource: Schema): Schema =>
  object(
    { schemas, totalResults: COUNT, startIndex: COUNT, itemsPerPage: COUNT, Resources: listOf(resource) },
    'schemas',
    'totalResults',
    'Resources',
  );
