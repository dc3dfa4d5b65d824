import { type Client, type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../../module.ts';
import { ERROR, GROUP, LONG, type Method, operations, PATCH, providerOf, USER } from './provider.example.ts';

let slipway: TestService;
let admin: Client;
let scim: ReturnType<typeof providerOf>['scim'];
let registered: ReturnType<typeof providerOf>['registered'];
let count = 0;

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
  ({ scim, registered } = providerOf(slipway, admin));
});
afterAll(() => slipway.stop());

test('what is supported is told', async () => {
  const { body: config, headers } = await scim('get', 'ServiceProviderConfig').expect(200);
  expect(headers['content-type']).toMatch(/^application\/scim\+json/);
  expect(config).toMatchObject({
    patch: { supported: true },
    filter: { supported: true, maxResults: 200 },
    bulk: { supported: false },
    authenticationSchemes: [{ type: 'oauthbearertoken' }],
  });
  const types = (await scim('get', 'ResourceTypes').expect(200)).body.Resources;
  expect(types).toMatchObject([
    { id: 'User', endpoint: '/Users', schema: USER },
    { id: 'Group', endpoint: '/Groups', schema: GROUP },
  ]);
  expect((await scim('get', 'ResourceTypes/Group').expect(200)).body).toMatchObject({ schema: GROUP });
  const schemas = (await scim('get', 'Schemas').expect(200)).body;
  expect(schemas.Resources.map(({ id }: { id: string }) => id)).toEqual([USER, GROUP]);
  const user = (await scim('get', `Schemas/${USER}`).expect(200)).body;
  expect(user.attributes.map(({ name }: { name: string }) => name).sort()).toEqual(
    ['active', 'displayName', 'emails', 'name', 'userName'].sort(),
  );
});

test.each<readonly [Method, string, object | string | undefined, number, string | undefined]>([
  ['post', 'Users', { schemas: [USER] }, 400, 'invalidValue'],
  ['post', 'Users', { schemas: [GROUP], userName: 'a' }, 400, 'invalidSyntax'],
  ['post', 'Users', { schemas: [USER], userName: 7 }, 400, 'invalidValue'],
  ['post', 'Users', { schemas: [USER], userName: 'two words' }, 400, 'invalidValue'],
  ['post', 'Users', { schemas: [USER], userName: 'a', displayName: LONG }, 400, 'invalidValue'],
  [
    'post',
    'Users',
    { schemas: [USER], userName: 'a', emails: [{ value: 'no address', primary: true }] },
    400,
    'invalidValue',
  ],
  ['post', 'Users', { schemas: [USER], userName: 'a', emails: { value: 'a@b' } }, 400, 'invalidValue'],
  ['post', 'Users', { schemas: [USER], userName: 'a', active: 'maybe' }, 400, 'invalidValue'],
  ['post', 'Users', [], 400, 'invalidSyntax'],
  ['get', 'Users/none', undefined, 404, undefined],
  ['put', 'Users/none', { schemas: [USER], userName: 'a' }, 404, undefined],
  ['patch', 'Users/none', operations({ op: 'replace', path: 'active', value: false }), 404, undefined],
  ['get', 'Users?filter=userName', undefined, 400, 'invalidFilter'],
  ['get', 'Users?filter=userName%20like%20%22a%22', undefined, 400, 'invalidFilter'],
  ['get', `Users?filter=${LONG}`, undefined, 400, 'invalidFilter'],
  ['get', 'Users?startIndex=one', undefined, 400, 'invalidValue'],
  ['get', 'Users?filter=a&filter=b', undefined, 400, 'invalidFilter'],
  ['post', 'Groups', { schemas: [GROUP] }, 400, 'invalidValue'],
  ['post', 'Groups', { schemas: [GROUP], displayName: '???' }, 400, 'invalidValue'],
  ['post', 'Groups', { schemas: [GROUP], displayName: LONG }, 400, 'invalidValue'],
  ['post', 'Groups', { schemas: [GROUP], displayName: 'a', members: [{ value: 'nobody' }] }, 400, 'invalidValue'],
  ['get', 'Groups/none', undefined, 404, undefined],
  ['get', 'Schemas/none', undefined, 404, undefined],
  ['get', 'Bulk', undefined, 404, undefined],
])('%s %s %j: %i %s, in the shape of SCIM', async (method, path, sent, status, scimType) => {
  const { body, headers } = await scim(method, path, sent).expect(status);
  expect(headers['content-type']).toMatch(/^application\/scim\+json/);
  expect(body).toMatchObject({ schemas: [ERROR], status: String(status), detail: expect.any(String) });
  expect(body.scimType).toBe(scimType);
});

describe('a PATCH that cannot be', () => {
  test.each<readonly [string, unknown, string]>([
    ['without operations', { schemas: [PATCH], Operations: [] }, 'invalidValue'],
    [
      'of another schema',
      { schemas: [USER], Operations: [{ op: 'add', path: 'active', value: true }] },
      'invalidSyntax',
    ],
    ['of an unknown operation', operations({ op: 'move', path: 'active', value: true }), 'invalidSyntax'],
    ['of an unknown path', operations({ op: 'add', path: 'shoeSize', value: 43 }), 'invalidPath'],
    [
      'of a path that nothing matches',
      operations({ op: 'replace', path: 'emails[type eq "home"].value', value: 'a@b' }),
      'noTarget',
    ],
    ['of a long path', operations({ op: 'add', path: LONG, value: 1 }), 'invalidPath'],
    ['of a long name', operations({ op: 'add', value: { [LONG]: 1 } }), 'invalidPath'],
    ['of another user name', operations({ op: 'replace', path: 'userName', value: 'else@example.org' }), 'mutability'],
    ['of the prototype', operations({ op: 'add', path: 'constructor.prototype', value: {} }), 'invalidPath'],
    [
      'of too many operations',
      operations(...Array.from({ length: 1_001 }, () => ({ op: 'add', path: 'active', value: true }))),
      'invalidPath',
    ],
  ])('%s: refused', async (_what, sent, scimType) => {
    const user = await registered(`patched-${(count += 1)}@example.org`);
    const { body } = await scim('patch', `Users/${user.id}`, sent as object).expect(400);
    expect(body).toMatchObject({ schemas: [ERROR], scimType });
    expect((await scim('get', `Users/${user.id}`).expect(200)).body).toEqual(user);
  });
});

test('who may not, may not, in the shape of SCIM', async () => {
  const vera = await slipway.as('vera@example.org', 'viewer');
  expect((await scim('get', 'Users', undefined, vera.token).expect(403)).body).toMatchObject({
    schemas: [ERROR],
    status: '403',
  });
  expect(
    (await scim('post', 'Users', { schemas: [USER], userName: 'x' }, vera.token).expect(403)).body.schemas,
  ).toEqual([ERROR]);
  const { body, headers } = await scim('get', 'Users', undefined, 'none').expect(401);
  expect([body.schemas, headers['www-authenticate']]).toEqual([[ERROR], 'Bearer']);
});
