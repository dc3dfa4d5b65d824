import { ApiExtension, type OpenAPIObject } from '@nestjs/swagger';
import { ID } from './fields.ts';
import { PERSON } from './people.ts';

/** Errors of an operation that speaks another protocol: their media type, and the schema of them. */
export type ErrorShape = Readonly<{ mediaType: string; schema: object }>;

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']> & {
  'x-permission'?: string;
  'x-public'?: boolean;
  'x-refuses'?: readonly number[];
  'x-errors'?: ErrorShape;
};

/** Says of a handler, or of all of a controller, that it refuses with a status that does not follow from what it is. */
export const Refuses = (...statuses: readonly Status[]): MethodDecorator & ClassDecorator =>
  ApiExtension('x-refuses', statuses) as MethodDecorator & ClassDecorator;

/** Says of a controller that a filter of its own gives its errors another shape. */
export const ErrorsAs = (shape: ErrorShape): ClassDecorator => ApiExtension('x-errors', shape) as ClassDecorator;

/** What is known of an operation without looking into its handler. */
type Traits = Readonly<{ hasToken: boolean; changes: boolean; names: boolean; filtersByName: boolean }>;

type Refusal = Readonly<{
  isOf: (traits: Traits) => boolean;
  description: string;
  headers?: Readonly<Record<string, object>>;
  /** Given before the controller is known: always as a problem, too. */
  early?: boolean;
}>;

const never = (): boolean => false;
const changes = (traits: Traits): boolean => traits.changes;
const changesWithToken = (traits: Traits): boolean => traits.changes && traits.hasToken;

const REFUSALS = {
  400: {
    isOf: () => true,
    description: 'It is malformed: `invalid-fields` with a JSON pointer for each, `malformed-json`, `invalid-text` …',
    early: true,
  },
  401: {
    isOf: traits => traits.hasToken || traits.changes,
    description: '`unauthenticated`: no proof of who asks, or none that holds.',
    headers: { 'WWW-Authenticate': { description: 'How to authenticate.', schema: { type: 'string' } } },
  },
  403: {
    isOf: ({ hasToken }) => hasToken,
    description: '`not-permitted`, with the permission that is missing; `outside-scope`: not within the grants.',
  },
  404: {
    isOf: traits => traits.names || traits.filtersByName || traits.changes,
    description: '`not-found`: something that it names is not there.',
  },
  406: { isOf: never, description: '`not-acceptable`: it can be had in none of the media types that `Accept` names.' },
  409: { isOf: changes, description: 'A rule refuses it: the code says which.' },
  412: { isOf: changesWithToken, description: '`stale-version`: it is not as If-Match says any more.' },
  413: {
    isOf: changes,
    description: '`body-too-large`, or `event-too-large` for what would come of it.',
    early: true,
  },
  415: {
    isOf: changes,
    description: '`unsupported-media-type`, `unsupported-encoding` or `unsupported-charset`.',
    early: true,
  },
  422: {
    isOf: traits => traits.filtersByName || changesWithToken(traits),
    description: '`idempotency-key-reused` for another request, or it refers to what nobody knows.',
  },
  428: { isOf: never, description: '`if-match-required`: send the ETag of what is replaced.' },
  503: {
    isOf: () => true,
    description: 'Not now: `unavailable`, `overloaded`, `contention`, `view-behind` … Try again, with the same key.',
    headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 0 } } },
  },
} as const satisfies Readonly<Record<number, Refusal>>;

type Status = keyof typeof REFUSALS;

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

/**
 * Tells of each operation what it can be refused with, who may call it, and which conditional headers it takes. It follows
 * from the method, the path and what `Permission`, `Public`, `Refuses` and `ErrorsAs` say; what an operation describes by
 * itself stays.
 */
export const describeRefusals = ({ paths }: OpenAPIObject): void => {
  for (const [path, item] of Object.entries(paths))
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (operation) describe(operation, traitsOf(path, method, operation));
    }
};

const traitsOf = (path: string, method: string, operation: Operation): Traits => ({
  hasToken: operation['x-public'] !== true,
  changes: method !== 'get',
  names: path.includes('{'),
  filtersByName: (operation.parameters ?? []).some(isName),
});

const NAMES = new Set([ID.source, PERSON.source]);

const isName = (parameter: object): boolean => {
  const { in: place, schema } = parameter as Readonly<{ in?: string; schema?: Readonly<{ pattern?: string }> }>;
  return place === 'query' && NAMES.has(schema?.pattern ?? '');
};

const describe = (operation: Operation, traits: Traits): void => {
  const { 'x-public': _, 'x-refuses': more = [], 'x-errors': shape, ...said } = operation;
  for (const name of ['x-public', 'x-refuses', 'x-errors'] as const) delete operation[name];
  const all: readonly (readonly [string, Refusal])[] = Object.entries(REFUSALS);
  const refusals = all
    .filter(([status, { isOf }]) => isOf(traits) || more.includes(Number(status)))
    .map(([status, refusal]) => [status, responseOf(refusal, shape)]);
  operation.responses = { ...Object.fromEntries(refusals), ...said.responses } as Operation['responses'];
  if (!traits.hasToken) operation.security = [];
  else if (said['x-permission']) operation.description ??= `Needs \`${said['x-permission']}\`.`;
  if (traits.hasToken && traits.changes) operation.parameters = withConditions(operation);
};

const responseOf = ({ description, headers, early = false }: Refusal, shape: ErrorShape | undefined): object => ({
  description,
  ...(headers && { headers }),
  content: {
    ...(shape && { [shape.mediaType]: { schema: shape.schema } }),
    ...((early || !shape) && { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }),
  },
});

const CONDITIONS = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same key and request give the first answer again.',
    schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
  },
  {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The ETag that it must have, as it was answered.',
    schema: { type: 'string', pattern: '^(\\*|"[0-9]{1,9}")$' },
  },
] as const;

const withConditions = ({ parameters = [] }: Operation): NonNullable<Operation['parameters']> => {
  const said = new Set(parameters.map(each => ('name' in each ? each.name : '')));
  return [...parameters, ...CONDITIONS.filter(({ name }) => !said.has(name))] as NonNullable<Operation['parameters']>;
};
