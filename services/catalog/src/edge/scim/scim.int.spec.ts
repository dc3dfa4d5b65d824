import { type Client, type TestService, testService } from '@slipway/service/testing';
import request from 'supertest';
import { catalog } from '../../module.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const LONG = 'x'.repeat(501);
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

let slipway: TestService;
let admin: Client;
let count = 0;

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
});
afterAll(() => slipway.stop());

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** As an identity provider asks. */
const scim = (method: Method, path: string, body?: object | string, token = admin.token) => {
  const asking = request(slipway.url)[method](`/v1/scim/v2/${path}`).set('Authorization', `Bearer ${token}`);
  if (body === undefined) return asking;
  return asking
    .set('Content-Type', 'application/scim+json')
    .send(typeof body === 'string' ? body : JSON.stringify(body));
};
const operations = (...all: readonly object[]) => ({ schemas: [PATCH], Operations: all });
const registered = async (userName: string, more: object = {}) =>
  (await scim('post', 'Users', { schemas: [USER], userName, displayName: userName, ...more }).expect(201)).body;
const found = async (filter: string) =>
  (await scim('get', `Users?filter=${encodeURIComponent(filter)}`).expect(200)).body.Resources.map(
    ({ userName }: { userName: string }) => userName,
  );

describe('a user', () => {
  test('is created, read and found; no event knows more than a pseudonym', async () => {
    const sent = {
      schemas: [USER, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
      externalId: '7f1c-ANN',
      userName: 'Ann@Corp.example',
      name: { formatted: 'Ann Example', givenName: 'Ann', familyName: 'Example' },
      displayName: 'Ann Example',
      emails: [{ value: 'ann.example@example.org', type: 'work', primary: true }],
      title: 'Release manager',
      active: true,
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Payments' },
    };
    const { body, headers } = await scim('post', 'Users', sent).expect(201);
    expect(headers['content-type']).toMatch(/^application\/scim\+json/);
    expect(headers['location']).toBe(`/v1/scim/v2/Users/${body.id}`);
    expect(body).toMatchObject({
      schemas: [USER],
      externalId: '7f1c-ANN',
      userName: 'Ann@Corp.example',
      displayName: 'Ann Example',
      active: true,
      emails: [{ value: 'ann.example@example.org', primary: true }, { value: 'ann@corp.example' }],
      meta: { resourceType: 'User', location: `/v1/scim/v2/Users/${body.id}` },
    });
    expect(body).not.toHaveProperty('title');
    expect((await scim('get', `Users/${body.id}`).expect(200)).body).toEqual(body);
    expect(await found('userName eq "ann@corp.example"')).toEqual(['Ann@Corp.example']);
    expect(await found('externalId eq "7f1c-ANN" and active eq true')).toEqual(['Ann@Corp.example']);
    expect(await found('emails[primary eq true].value eq "ANN.example@example.org"')).toEqual(['Ann@Corp.example']);
    expect(await found('userName eq "nobody@corp.example"')).toEqual([]);
    const events = await slipway.events(`person-${body.id}`);
    expect(events).toMatchObject([{ type: 'PersonRegistered', data: { kind: 'person' } }]);
    expect(JSON.stringify(events).toLowerCase()).not.toContain('ann');
    const { body: person } = await admin.get('/v1/people/ann@corp.example').expect(200);
    expect(person).toMatchObject({ id: body.id, name: 'Ann Example', email: 'ann.example@example.org' });
  });

  test('is known by a name that is no address', async () => {
    const bo = await registered('bjensen', { emails: [{ value: 'bo@example.org' }] });
    expect(bo).toMatchObject({ userName: 'bjensen', emails: [{ value: 'bo@example.org', primary: true }] });
    expect((await admin.get('/v1/people/user:bjensen').expect(200)).body.id).toBe(bo.id);
  });

  test('is there once', async () => {
    await registered('cy@example.org');
    for (const userName of ['cy@example.org', 'CY@example.org']) {
      const { body } = await scim('post', 'Users', { schemas: [USER], userName }).expect(409);
      expect(body).toMatchObject({ schemas: [ERROR], status: '409', scimType: 'uniqueness' });
    }
    const dee = await registered('dee@example.org');
    const taken = { schemas: [USER], userName: 'dee@example.org', emails: [{ value: 'cy@example.org' }] };
    expect((await scim('put', `Users/${dee.id}`, taken).expect(409)).body.scimType).toBe('uniqueness');
  });

  test('who was registered by other doors is found and provisioned from then on', async () => {
    await admin.post('/v1/people', { name: 'Eve', email: 'eve@example.org', accounts: ['github:eve'] }).expect(201);
    const { body } = await scim('get', 'Users?filter=userName%20eq%20%22eve%40example.org%22').expect(200);
    const [{ id }] = body.Resources;
    const replaced = { schemas: [USER], userName: 'eve@example.org', displayName: 'Eve Adams', externalId: 'e-1' };
    expect((await scim('put', `Users/${id}`, replaced).expect(200)).body).toMatchObject({
      displayName: 'Eve Adams',
      externalId: 'e-1',
      userName: 'eve@example.org',
    });
    expect((await admin.get('/v1/people/github:eve').expect(200)).body.name).toBe('Eve Adams');
  });

  test('is deactivated by a last day, which is over at once, and comes back', async () => {
    const fay = await registered('fay@example.org');
    const leaving = operations({ op: 'Replace', path: 'active', value: 'False' });
    expect((await scim('patch', `Users/${fay.id}`, leaving).expect(200)).body.active).toBe(false);
    const { body } = await admin.get(`/v1/people/${fay.id}`).expect(200);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    expect([yesterday, new Date(Date.now()).toISOString().slice(0, 10)]).toContain(body.leavesOn);
    expect(await found('active eq false')).toEqual(['fay@example.org']);
    expect((await scim('patch', `Users/${fay.id}`, leaving).expect(200)).body.active).toBe(false);
    const back = operations({ op: 'replace', value: { active: true } });
    expect((await scim('patch', `Users/${fay.id}`, back).expect(200)).body.active).toBe(true);
    expect((await admin.get(`/v1/people/${fay.id}`).expect(200)).body).not.toHaveProperty('leavesOn');
    await scim('put', `Users/${fay.id}`, { ...fay, active: false }).expect(200);
    expect((await scim('get', `Users/${fay.id}`).expect(200)).body.active).toBe(false);
    expect(await slipway.events(`person-${fay.id}`)).toHaveLength(1);
  });

  test('a last day that is to come stays when something else is changed', async () => {
    const gus = await registered('gus@example.org');
    await admin
      .put(`/v1/people/${gus.id}`, { name: 'Gus', email: 'gus@example.org', leavesOn: '2999-12-31' })
      .expect(200);
    await scim('patch', `Users/${gus.id}`, operations({ op: 'replace', path: 'displayName', value: 'Gustav' })).expect(
      200,
    );
    const { body } = await admin.get(`/v1/people/${gus.id}`).expect(200);
    expect(body).toMatchObject({ name: 'Gustav', leavesOn: '2999-12-31' });
  });

  test.each([
    [
      'the name as a whole',
      { op: 'replace', path: 'name.formatted', value: 'Hal Example' },
      { displayName: 'Hal Example' },
    ],
    ['the name to show', { op: 'add', path: 'displayName', value: 'Hal E.' }, { displayName: 'Hal E.' }],
    ['an address', { op: 'add', path: 'emails', value: [{ value: 'hal@home.example' }] }, {}],
    ['the work address', { op: 'replace', path: 'emails[type eq "work"].value', value: 'h@example.org' }, {}],
    [
      'the name in parts',
      { op: 'replace', path: 'name', value: { givenName: 'Hal', familyName: 'E' } },
      { displayName: 'Hal E' },
    ],
    ['nothing', { op: 'replace', path: 'active', value: true }, {}],
    ['nothing of what has no place', { op: 'add', path: 'name.givenName', value: 'Hal' }, {}],
    [
      'what has a place, and leaves out what has none',
      {
        op: 'replace',
        value: {
          title: 'Boss',
          displayName: 'Hal',
          'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': 'D',
        },
      },
      { displayName: 'Hal' },
    ],
  ])('a PATCH changes %s', async (_what, operation, shown) => {
    const hal = await registered(`hal-${(count += 1)}@example.org`);
    const { body } = await scim('patch', `Users/${hal.id}`, operations(operation)).expect(200);
    expect(body).toMatchObject({ userName: hal.userName, ...shown });
    expect((await scim('get', `Users/${hal.id}`).expect(200)).body).toEqual(body);
    const { value = [] } = operation as { value?: unknown };
    const addresses = body.emails.map((email: { value: string }) => email.value);
    for (const address of String(JSON.stringify(value)).match(/[a-z]+@[a-z.]+/g) ?? [])
      expect(addresses).toContain(address);
  });

  test('stays: what somebody did is not undone by provisioning', async () => {
    const ida = await registered('ida@example.org');
    const { body } = await scim('delete', `Users/${ida.id}`).expect(501);
    expect(body).toMatchObject({ schemas: [ERROR], status: '501' });
    await scim('get', `Users/${ida.id}`).expect(200);
  });

  test('service accounts are no users', async () => {
    const robot = { name: 'Robot', kind: 'service-account', accounts: ['sub:robot'] };
    const { body } = await admin.post('/v1/people', robot).expect(201);
    await scim('get', `Users/${body.id}`).expect(404);
  });

  test('many are listed page by page, with what is asked for', async () => {
    const all = (await scim('get', 'Users?count=200').expect(200)).body;
    expect(all).toMatchObject({
      startIndex: 1,
      totalResults: all.Resources.length,
      itemsPerPage: all.Resources.length,
    });
    const page = (await scim('get', 'Users?startIndex=2&count=2&attributes=userName').expect(200)).body;
    expect(page.Resources).toEqual(
      all.Resources.slice(1, 3).map(({ id, userName }: { id: string; userName: string }) => ({
        schemas: [USER],
        id,
        userName,
      })),
    );
    expect(page).toMatchObject({ startIndex: 2, itemsPerPage: 2, totalResults: all.totalResults });
    const beyond = (await scim('get', 'Users?startIndex=1000').expect(200)).body;
    expect(beyond).toMatchObject({ Resources: [], itemsPerPage: 0, totalResults: all.totalResults });
    const [first] = (await scim('get', 'Users?excludedAttributes=emails,displayName&count=1').expect(200)).body
      .Resources;
    expect(first).toMatchObject({ id: expect.any(String), userName: expect.any(String) });
    expect(first).not.toHaveProperty('emails');
  });
});

describe('a group', () => {
  const groupOf = async (displayName: string, ...members: readonly { id: string }[]) =>
    (
      await scim('post', 'Groups', {
        schemas: [GROUP],
        displayName,
        members: members.map(({ id }) => ({ value: id })),
      }).expect(201)
    ).body;

  test('is a team, with the members that are users', async () => {
    const jo = await registered('jo@example.org', { displayName: 'Jo' });
    const group = await groupOf('Payments & Billing', jo);
    expect(group).toMatchObject({
      schemas: [GROUP],
      displayName: 'Payments & Billing',
      members: [{ value: jo.id, display: 'Jo', type: 'User', $ref: `/v1/scim/v2/Users/${jo.id}` }],
      meta: { resourceType: 'Group', location: `/v1/scim/v2/Groups/${group.id}` },
    });
    const { body: team } = await admin.get('/v1/teams/payments-billing').expect(200);
    expect(team).toMatchObject({ id: group.id, members: [{ personName: 'Jo', part: 'member' }] });
    await slipway.caughtUp();
    const { body } = await scim('get', 'Groups?filter=displayName%20eq%20%22payments%20%26%20billing%22').expect(200);
    expect(body.Resources).toEqual([group]);
    expect(
      (await scim('post', 'Groups', { schemas: [GROUP], displayName: 'Payments & Billing' }).expect(409)).body.scimType,
    ).toBe('uniqueness');
  });

  test('gains and loses members; who has which part, and the rotation, stay', async () => {
    const [kim, lea, max] = [
      await registered('kim@example.org'),
      await registered('lea@example.org'),
      await registered('max@example.org'),
    ];
    const onCall = { system: 'pagerduty', key: 'P1' };
    const members = [{ person: 'kim@example.org', part: 'lead' }];
    await admin.post('/v1/teams', { name: 'cart', title: 'Cart', members, onCall }).expect(201);
    const { id } = (await admin.get('/v1/teams/cart').expect(200)).body;
    const valuesAfter = async (...all: readonly object[]) =>
      (await scim('patch', `Groups/${id}`, operations(...all)).expect(200)).body.members?.map(
        ({ value }: { value: string }) => value,
      );
    const added = await valuesAfter({ op: 'add', path: 'members', value: [{ value: lea.id }, { value: max.id }] });
    expect(new Set(added)).toEqual(new Set([kim.id, lea.id, max.id]));
    const fewer = await valuesAfter({ op: 'remove', path: `members[value eq "${lea.id}"]` });
    expect(new Set(fewer)).toEqual(new Set([kim.id, max.id]));
    expect(await valuesAfter({ op: 'Remove', path: 'members', value: [{ value: max.id }] })).toEqual([kim.id]);
    await scim('patch', `Groups/${id}`, operations({ op: 'replace', path: 'displayName', value: 'The cart' })).expect(
      200,
    );
    expect((await admin.get('/v1/teams/cart').expect(200)).body).toMatchObject({
      title: 'The cart',
      members: [{ part: 'lead' }],
      onCall,
    });
    await scim('put', `Groups/${id}`, { schemas: [GROUP], displayName: 'Cart', members: [{ value: lea.id }] }).expect(
      200,
    );
    expect((await admin.get('/v1/teams/cart').expect(200)).body).toMatchObject({
      title: 'Cart',
      members: [{ part: 'member' }],
    });
    expect(await valuesAfter({ op: 'remove', path: 'members' })).toBeUndefined();
  });

  test('keeps the id that the provider has for it, among the references of the team', async () => {
    const sent = { schemas: [GROUP], displayName: 'Ads', externalId: 'g-1' };
    const { body } = await scim('post', 'Groups', sent).expect(201);
    expect(body).toMatchObject({ externalId: 'g-1' });
    const jira = { system: 'jira', key: 'ADS-1' };
    const scimRef = { system: 'scim', key: 'g-1' };
    await admin.patch('/v1/teams/Ads', { externalRefs: [jira, scimRef] }).expect(200);
    const other = operations({ op: 'replace', path: 'externalId', value: 'g-2' });
    expect((await scim('patch', `Groups/${body.id}`, other).expect(200)).body).toMatchObject({ externalId: 'g-2' });
    expect((await admin.get('/v1/teams/Ads').expect(200)).body.externalRefs).toEqual([
      jira,
      { ...scimRef, key: 'g-2' },
    ]);
    await slipway.caughtUp();
    const found = (await scim('get', 'Groups?filter=externalId%20eq%20%22g-2%22').expect(200)).body.Resources;
    expect(found).toMatchObject([{ id: body.id, displayName: 'Ads' }]);
    await scim('put', `Groups/${body.id}`, { ...sent, externalId: LONG }).expect(400);
  });

  test('is retired when it is removed, and is no group any more', async () => {
    const group = await groupOf('Gone');
    await scim('delete', `Groups/${group.id}`).expect(204);
    expect((await admin.get('/v1/teams/Gone').expect(200)).body).toMatchObject({ state: 'Retired' });
    await scim('get', `Groups/${group.id}`).expect(404);
    await scim('delete', `Groups/${group.id}`).expect(404);
    await slipway.caughtUp();
    const names = (await scim('get', 'Groups').expect(200)).body.Resources.map(
      ({ displayName }: { displayName: string }) => displayName,
    );
    expect(names).not.toContain('Gone');
    expect((await groupOf('Gone')).id).toBe(group.id);
  });
});

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
