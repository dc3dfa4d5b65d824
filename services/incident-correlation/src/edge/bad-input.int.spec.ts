import { type Client, testService, type TestService } from '@slipway/service/testing';
import { idOfService, serviceRegistered } from '../catalog.example.ts';
import { incidentCorrelation } from '../module.ts';

type Schema = Readonly<{
  $ref?: string;
  type?: string;
  format?: string;
  enum?: readonly string[];
  example?: string;
  required?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
}>;
type Operation = Readonly<{
  parameters?: readonly Readonly<{ in: string; name: string }>[];
  requestBody?: Readonly<{ content: Readonly<Record<string, Readonly<{ schema: Schema }>>> }>;
}>;
type Document = Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components: Readonly<{ schemas: Readonly<Record<string, Schema>> }>;
}>;

let slipway: TestService;
let ines: Client;
let document: Document;
const ids = new Map<string, string>();

beforeAll(async () => {
  slipway = await testService(incidentCorrelation);
  ines = await slipway.as('ines@example.org', 'incident-responder');
  await slipway.append('service', idOfService('checkout'), serviceRegistered('checkout'));
  const opened = { title: 'Checkout fails', severity: 'high', services: ['checkout'] };
  ids.set('incidents', (await ines.post('/v1/incidents', opened).expect(201)).body.id);
  ids.set('problems', (await ines.post('/v1/problems', { title: 'Pool' }).expect(201)).body.id);
  ids.set('reviews', (await ines.post('/v1/reviews', { title: 'Black Friday' }).expect(201)).body.id);
  document = (await ines.get('/openapi.json').expect(200)).body;
});
afterAll(() => slipway.stop());

const bodyOf = ({ requestBody }: Operation): Schema => {
  const schema = requestBody?.content['application/json']?.schema;
  return (schema?.$ref ? document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] : schema) ?? {};
};

/** Something that a field may hold. */
const exampleOf = ({ type, format, enum: choices, example }: Schema): unknown => {
  if (choices) return choices[0];
  if (format === 'date-time') return '2026-11-20T10:00:00Z';
  if (type === 'integer') return 1;
  if (type === 'boolean') return true;
  return type === 'array' ? [] : (example ?? 'x');
};

const requiredOf = ({ required = [], properties = {} }: Schema): object =>
  Object.fromEntries(required.map(name => [name, exampleOf(properties[name] ?? {})]));

const operations = (method: string) =>
  Object.entries(document.paths).flatMap(([path, methods]) => {
    const operation = methods[method];
    const isOurs = /^\/v1\/(incidents|problems|reviews)/.test(path) && !path.includes('/hooks/');
    return isOurs && operation ? [{ path, operation }] : [];
  });
const placed = (path: string): string => path.replace('{id}', ids.get(path.split('/')[2] ?? '') ?? '');

const VALUES = [
  null,
  '',
  7,
  -1,
  1e300,
  true,
  [],
  [null],
  {},
  'x'.repeat(30_000),
  'a\u0000b',
  '\ud800',
  "'; DROP TABLE incidents_v1; --",
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  'INC-999999999999',
];
const isFine = ({ status, body }: { status: number; body: { code?: unknown } }): boolean =>
  status < 400 || (status < 500 && typeof body.code === 'string');

test('whatever a field holds, the answer is no fault of ours and has a code', async () => {
  const posts = operations('post');
  expect(posts.length).toBeGreaterThan(45);
  const wrong: unknown[] = [];
  for (const { path, operation } of posts)
    for (const field of [...Object.keys(bodyOf(operation).properties ?? {}), 'surplus'])
      for (const value of VALUES) {
        const answer = await ines.post(placed(path), { ...requiredOf(bodyOf(operation)), [field]: value });
        if (!isFine(answer)) wrong.push([path, field, JSON.stringify(value).slice(0, 100), answer.status, answer.body]);
      }
  expect(wrong).toEqual([]);
}, 120_000);

test('whatever a filter holds, the answer is no fault of ours and has a code', async () => {
  const wrong: unknown[] = [];
  const tokens = ['["0000-01-01T00:00:00.000Z","x"]', '["1","x"]', '["2026-01-01T00:00:00.000Z","x"]', '[]', '{}', '7'];
  for (const { path, operation } of operations('get'))
    for (const { name } of (operation.parameters ?? []).filter(each => each.in === 'query'))
      for (const value of [...VALUES, ...tokens.map(each => Buffer.from(each).toString('base64url'))]) {
        // What is longer never gets to us.
        const text = (typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value)).slice(0, 3_000);
        const answer = await ines.get(`${placed(path)}?${name}=${encodeURIComponent(text)}`);
        if (!isFine(answer) && answer.status !== 503)
          wrong.push([path, name, text.slice(0, 100), answer.status, answer.body]);
      }
  expect(wrong).toEqual([]);
}, 120_000);

test('nothing of it has stopped a view', async () => {
  await slipway.caughtUp();
  expect((await ines.get('/v1/incidents?pageSize=1').expect(200)).body.items).toHaveLength(1);
});
