import { type Client, type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../../module.ts';
import { ERROR, operations, providerOf, USER } from './provider.example.ts';

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
    const { body, headers } = await scim('delete', `Users/${ida.id}`).expect(405);
    expect(body).toMatchObject({ schemas: [ERROR], status: '405' });
    expect(headers['allow']).toBe('GET, PUT, PATCH');
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
