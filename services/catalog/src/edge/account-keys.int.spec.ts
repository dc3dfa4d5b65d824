import { type Client, type TestService, testService } from '@slipway/service/testing';
import { exportJWK, generateKeyPair, type GenerateKeyPairResult, SignJWT } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import request from 'supertest';
import { catalog } from '../module.ts';

let slipway: TestService;
let admin: Client;

beforeAll(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
});
afterAll(() => slipway.stop());

const registered = async (name: string, kind = 'service-account'): Promise<string> =>
  (await admin.post('/v1/people', { name, kind, accounts: [`sub:${name}`] }).expect(201)).body.pseudonym;
const keyPair = () => generateKeyPair('Ed25519', { extractable: true });
const publicOf = async ({ publicKey }: GenerateKeyPairResult) => exportJWK(publicKey);

const tokenOf = (account: string, kid: string, { privateKey }: GenerateKeyPairResult): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .setIssuer(account)
    .setSubject(account)
    .setAudience('slipway')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);
const by = (token: string) => ({
  get: (path: string) => request(slipway.url).get(path).set('Authorization', `Bearer ${token}`),
  post: (path: string, body: object) =>
    request(slipway.url).post(path).set('Authorization', `Bearer ${token}`).send(body),
});

const withKey = async (name: string, more: object = {}) => {
  const [account, pair] = [await registered(name), await keyPair()];
  const body = { publicKey: await publicOf(pair), label: 'runner 1', ...more };
  const { keys } = (await admin.post(`/v1/people/${account}/keys`, body).expect(201)).body;
  const [{ kid }] = keys as [{ kid: string }];
  return { account, kid, caller: by(await tokenOf(account, kid, pair)) };
};

test('an account does what was granted to it with a token that it signed itself, until its key is revoked', async () => {
  const { account, kid, caller } = await withKey('deploys');
  const environment = { name: 'staging', title: 'Staging', tier: 'staging', region: 'eu', timeZone: 'Europe/Berlin' };
  expect((await caller.post('/v1/environments', environment).expect(403)).body.code).toBe('not-permitted');
  await admin.post('/v1/role-grants', { person: account, role: 'administrator' }).expect(201);
  const { body } = await caller.post('/v1/environments', environment).expect(201);
  expect(await slipway.events(`environment-${body.id}`)).toMatchObject([
    { data: { actor: account, issuer: account, client: kid } },
  ]);
  await admin.post(`/v1/people/${account}/keys/${kid}/revoke`, { reason: 'Ann saw it in a log' }).expect(200);
  expect((await caller.get('/v1/environments').expect(401)).body.code).toBe('unauthenticated');
  expect(JSON.stringify(await slipway.events(account))).not.toContain('Ann');
});

test('nobody else gets in with the key of an account', async () => {
  const { account, kid } = await withKey('mine');
  const forged = await tokenOf(account, kid, await keyPair());
  await by(forged).get('/v1/environments').expect(401);
  const other = await withKey('other');
  await by(await tokenOf(other.account, kid, await keyPair()))
    .get('/v1/environments')
    .expect(401);
});

test('the account itself adds the next key with the present one, and nothing more', async () => {
  const { account, kid, caller } = await withKey('rotates');
  const next = await keyPair();
  const body = { publicKey: await publicOf(next), label: 'runner 1, spring' };
  const { keys } = (await caller.post(`/v1/people/${account}/keys`, body).expect(201)).body;
  expect(keys).toMatchObject([{ addedWith: kid, addedBy: account, state: 'in-force' }, { kid }]);
  const renewed = by(await tokenOf(account, keys[0].kid, next));
  expect((await renewed.get(`/v1/people/${account}/keys`).expect(200)).body.keys).toHaveLength(2);

  const another = { publicKey: await publicOf(await keyPair()), label: 'another' };
  const twice = await caller.post(`/v1/people/${account}/keys`, another).expect(409);
  expect(twice.body.code).toBe('already-rotated');
  await caller.post(`/v1/people/${account}/keys/${kid}/revoke`, { reason: 'x' }).expect(403);
  await caller.post(`/v1/people/${await registered('victim')}/keys`, another).expect(403);
  await caller.get(`/v1/people/${account}`).expect(403);
});

test('a key somebody else may have is revoked with all that came of it', async () => {
  const { account, kid, caller } = await withKey('leaked');
  const body = { publicKey: await publicOf(await keyPair()), label: 'of the thief' };
  await caller.post(`/v1/people/${account}/keys`, body).expect(201);
  const revoking = { reason: 'leaked', successorsToo: true };
  const { keys } = (await admin.post(`/v1/people/${account}/keys/${kid}/revoke`, revoking).expect(200)).body;
  expect(keys).toMatchObject([
    { state: 'revoked', revoked: { reason: 'leaked' } },
    { kid, state: 'revoked' },
  ]);
});

test('an account that has left is nobody', async () => {
  const { account, caller } = await withKey('gone');
  await admin
    .put(`/v1/people/${account}`, { name: 'gone', accounts: ['sub:gone'], leavesOn: '2026-01-31' })
    .expect(200);
  await caller.get('/v1/environments').expect(401);
});

test('the list warns of a key that ends with none to go on', async () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const { account, kid } = await withKey('ends', { to: inDays(13) });
  const listed = async () => (await admin.get(`/v1/people/${account}/keys`).expect(200)).body.keys;
  expect(await listed()).toMatchObject([{ kid, endsSoon: true, lastDay: inDays(13).slice(0, 10) }]);
  const next = { publicKey: await publicOf(await keyPair()), label: 'next', from: inDays(12) };
  await admin.post(`/v1/people/${account}/keys`, next).expect(201);
  expect(await listed()).toMatchObject([
    { state: 'to-come', endsSoon: false },
    { kid, state: 'in-force', endsSoon: false },
  ]);
});

const rsa = (modulusLength: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey.export({ format: 'jwk' });
const weak = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };

test.each<[string, () => object | Promise<object>, number, string]>([
  ['RSA of 2048 bits', () => rsa(2_048), 201, ''],
  ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }), 201, ''],
  ['RSA of 1024 bits', () => rsa(1_024), 422, 'unusable-key'],
  ['RSA with a small exponent', () => rsa(2_048, 3), 422, 'unusable-key'],
  ['a point that is not on its curve', () => weak, 422, 'unusable-key'],
  ['a member that is missing', () => ({ kty: 'OKP', crv: 'Ed25519' }), 422, 'unusable-key'],
  ['the wrong curve', () => ({ kty: 'OKP', crv: 'P-256', x: 'AAAA' }), 422, 'unusable-key'],
  [
    'another kid than its thumbprint',
    async () => ({ ...(await publicOf(await keyPair())), kid: 'A'.repeat(43) }),
    422,
    'unusable-key',
  ],
  ['a private key', async () => exportJWK((await keyPair()).privateKey), 400, 'invalid-fields'],
  ['a symmetric key', () => ({ kty: 'oct', k: 'c2VjcmV0' }), 400, 'invalid-fields'],
])('%s', async (name, make, status, code) => {
  const account = await registered(`tries-${name.replaceAll(' ', '-')}`);
  const answer = await admin.post(`/v1/people/${account}/keys`, { publicKey: await make(), label: 'l' });
  expect([answer.status, answer.body.code ?? '']).toEqual([status, code]);
});

test('a private key that was sent is not in the answer', async () => {
  const { d, ...rest } = await exportJWK((await keyPair()).privateKey);
  const account = await registered('careless');
  const { text } = await admin
    .post(`/v1/people/${account}/keys`, { publicKey: { ...rest, d }, label: 'l' })
    .expect(400);
  expect(text).not.toContain(d);
});

test('keys are for service accounts, and only administrators give them', async () => {
  const ann = await registered('ann', 'person');
  const body = { publicKey: await publicOf(await keyPair()), label: 'l' };
  const { body: refused } = await admin.post(`/v1/people/${ann}/keys`, body).expect(409);
  expect(refused.code).toBe('not-a-service-account');
  const viewer = await slipway.as('vera@example.org', 'viewer');
  expect((await viewer.post(`/v1/people/${ann}/keys`, body).expect(403)).body.permission).toBe('catalog:write');
  expect((await viewer.get(`/v1/people/${ann}/keys`).expect(403)).body.permission).toBe('people:read');
  await admin.post('/v1/people/nobody@example.org/keys', body).expect(404);
  await admin.post(`/v1/people/${ann}/keys/none/revoke`, { reason: 'x' }).expect(404);
});
