import 'reflect-metadata';
import { Body, Controller, Get, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HeldGrant, PublicJwk } from '@slipway/event-store';
import request from 'supertest';
import { jest } from '@jest/globals';
import { AskGuard } from './ask.guard.ts';
import { type Asked, AskedBy } from './asked.ts';
import { Text } from './fields.ts';
import { configureHttp, httpOptions } from './http.ts';
import { localIssuer, type LocalIssuer } from './local-issuer.ts';
import { Oneself, Permission, Public, Unscoped } from './permissions.ts';
import { issuerAt, tokenVerifier } from './verify-token.ts';

class NoteDto {
  @Text(20) readonly text!: string;
}

@Controller('notes')
class Notes {
  @Get('mine')
  @Permission('releases:write')
  mine(@AskedBy() { stamp, newStream, ...asked }: Asked) {
    return { ...asked, actor: stamp.actor, stream: newStream('note') };
  }

  @Post()
  @Permission('releases:write')
  write(@AskedBy() { key, request: sent, expected, newStream }: Asked, @Body() note: NoteDto) {
    return { key, request: sent, expected, note, stream: newStream('note') };
  }

  @Get('here')
  @Permission('releases:write')
  here(@AskedBy() { access }: Asked): boolean {
    return access.covers([{ serviceId: 'checkout' }]);
  }

  @Get('names')
  @Permission('releases:write')
  @Unscoped()
  names(): string {
    return 'for everybody who may';
  }

  @Get('open')
  @Public()
  open(): string {
    return 'open';
  }

  @Get('of/:id')
  @Permission('releases:write')
  @Oneself()
  own(@AskedBy() { stamp, keyId }: Asked) {
    return { actor: stamp.actor, keyId };
  }

  @Get('forgotten')
  forgotten(): string {
    return 'nobody said who may';
  }
}

const ISSUER = 'https://issuer.test';
const known = await generateKeyPair('Ed25519');
let ours: LocalIssuer;
let keys: Server;
let keysAsked = 0;
let keysFail = false;
const grants = new Map<string, readonly HeldGrant[]>();
const pipeline = 'person-00000000-0000-4000-8000-000000000001';
const ownKid = 'own';
const ownKeys = new Map<string, PublicJwk>();
let app: NestExpressApplication;

beforeAll(async () => {
  ours = await localIssuer(ISSUER, 'slipway');
  const test = { ...(await exportJWK(known.publicKey)), kid: 'test', alg: 'EdDSA' };
  const jwks = { keys: [...ours.jwks.keys, test] };
  keys = createServer((_request, response) => {
    keysAsked += 1;
    if (keysFail) response.statusCode = 500;
    response.end(JSON.stringify(jwks));
  });
  await new Promise<void>(resolve => keys.listen(0, '127.0.0.1', resolve));
  const issuer = issuerAt(ISSUER, 'slipway', `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks`);
  const module = await Test.createTestingModule({ controllers: [Notes] }).compile();
  app = module.createNestApplication<NestExpressApplication>({ ...httpOptions, logger: false });
  configureHttp(app);
  app.useGlobalGuards(
    new AskGuard(issuer, {
      pseudonymOf: async alias => `person-of-${alias}`,
      grantsOf: async pseudonym => grants.get(pseudonym) ?? [],
      keyOf: async (account, kid) => (kid === ownKid ? ownKeys.get(account) : undefined),
    }),
  );
  await app.init();
});
afterAll(async () => {
  await app.close();
  keys.close();
});

const mine = (token?: string) => {
  const asking = request(app.getHttpServer()).get('/notes/mine');
  return token === undefined ? asking : asking.set('Authorization', `Bearer ${token}`);
};
const write = async (headers: Record<string, string>, text = 'hello') =>
  request(app.getHttpServer())
    .post('/notes')
    .set({ Authorization: `Bearer ${await ours.sign('rita@example.org', ['release-manager'])}`, ...headers })
    .send({ text });

type Claims = Readonly<{ audience?: string; expires?: number; notBefore?: number; subject?: string; key?: CryptoKey }>;

const now = Math.floor(Date.now() / 1_000);
const tokenWith = ({
  audience = 'slipway',
  expires = now + 300,
  notBefore = now - 10,
  subject = 'rita@example.org',
  key,
}: Claims) => {
  const token = new SignJWT({ roles: ['release-manager'] })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setExpirationTime(expires)
    .setNotBefore(notBefore);
  return (subject === '' ? token : token.setSubject(subject)).sign(key ?? known.privateKey);
};

describe('who asks', () => {
  test('is the pseudonym of the subject of the token', async () => {
    const { body } = await mine(await ours.sign('Rita@Example.org', ['release-manager'])).expect(200);
    expect(body).toMatchObject({ actor: 'person-of-email:rita@example.org' });
  });

  test('an account without an @ is a subject of its own', async () => {
    const { body } = await mine(await ours.sign('ci-bot', ['release-manager'])).expect(200);
    expect(body).toMatchObject({ actor: 'person-of-sub:ci-bot' });
  });

  test('needs a permission, and is told which one is missing', async () => {
    const { body } = await mine(await ours.sign('vera@example.org', ['viewer'])).expect(403);
    expect(body).toMatchObject({ code: 'not-permitted', permission: 'releases:write' });
    expect(body.detail).toContain('release-manager');
  });

  describe('with a grant in place of a role', () => {
    const asking = async (path: string, held: Partial<HeldGrant>) => {
      grants.set('person-of-email:gina@example.org', [{ id: 'g', role: 'release-manager', ...held }]);
      const token = await ours.sign('gina@example.org', []);
      return request(app.getHttpServer()).get(path).set('Authorization', `Bearer ${token}`);
    };

    test('is let in as with the role when it has no limit', async () => {
      expect((await asking('/notes/mine', {})).status).toBe(200);
      expect((await asking('/notes/mine', { role: 'viewer' })).status).toBe(403);
    });

    test('is held to its limits by who asks for them', async () => {
      expect((await asking('/notes/here', { services: ['checkout'] })).text).toBe('true');
      expect((await asking('/notes/here', { services: ['catalog'] })).text).toBe('false');
    });

    test('with limits gets no answer of who never asks for them', async () => {
      const { body } = await asking('/notes/mine', { services: ['checkout'] });
      expect(body).toMatchObject({ status: 403, code: 'outside-scope' });
      expect((await asking('/notes/names', { services: ['checkout'] })).status).toBe(200);
    });
  });

  test('has only grants where the roles of tokens are ignored', async () => {
    const verify = tokenVerifier({ ...ours, roles: 'ignored' });
    expect(await verify(await ours.sign('rita@example.org', ['release-manager']))).toMatchObject({ roles: [] });
  });

  test('is let in nowhere that says neither permission nor public', async () => {
    const token = await ours.sign('ada@example.org', ['administrator']);
    await request(app.getHttpServer()).get('/notes/forgotten').set('Authorization', `Bearer ${token}`).expect(403);
    await request(app.getHttpServer()).get('/notes/open').expect(200);
  });
});

describe('a service account with a token that it signed itself', () => {
  const ask = async (path: string) => {
    const token = await new SignJWT({ roles: ['administrator', 'release-manager'] })
      .setProtectedHeader({ alg: 'EdDSA', kid: ownKid })
      .setIssuer(pipeline)
      .setSubject(pipeline)
      .setAudience('slipway')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(known.privateKey);
    return request(app.getHttpServer()).get(path).set('Authorization', `Bearer ${token}`);
  };

  beforeEach(async () => void ownKeys.set(pipeline, (await exportJWK(known.publicKey)) as PublicJwk));
  afterEach(() => {
    ownKeys.clear();
    grants.clear();
  });

  test('has the roles that were granted to it, whatever the token says', async () => {
    expect((await ask('/notes/mine')).body).toMatchObject({ status: 403, code: 'not-permitted' });
    grants.set(pipeline, [{ id: 'g', role: 'release-manager' }]);
    expect((await ask('/notes/mine')).body).toMatchObject({ actor: pipeline, keyId: ownKid });
  });

  test('may without a permission what is about itself, and nothing about others', async () => {
    expect((await ask(`/notes/of/${pipeline}`)).body).toEqual({ actor: pipeline, keyId: ownKid });
    expect((await ask(`/notes/of/${pipeline.slice('person-'.length)}`)).status).toBe(200);
    expect((await ask('/notes/of/person-00000000-0000-4000-8000-000000000002')).status).toBe(403);
  });

  test('is nobody at the next call after its key is gone', async () => {
    grants.set(pipeline, [{ id: 'g', role: 'release-manager' }]);
    expect((await ask('/notes/mine')).status).toBe(200);
    ownKeys.clear();
    expect((await ask('/notes/mine')).status).toBe(401);
  });
});

test('whoever signs in elsewhere is not oneself by the name of a path', async () => {
  const token = await ours.sign(pipeline, []);
  await request(app.getHttpServer()).get(`/notes/of/${pipeline}`).set('Authorization', `Bearer ${token}`).expect(403);
});

describe('a token that is not good', () => {
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = {
    iss: ISSUER,
    aud: 'slipway',
    sub: 'rita@example.org',
    roles: ['release-manager'],
    exp: 9_999_999_999,
  };

  test.each<[string, () => Promise<string | undefined> | string | undefined]>([
    ['none at all', () => undefined],
    ['no token in the header', () => ''],
    ['alg none', () => `${base64({ alg: 'none' })}.${base64(payload)}.`],
    [
      'an HMAC made with the public key',
      async () => {
        const { publicKey } = await generateKeyPair('RS256', { extractable: true });
        return new SignJWT(payload)
          .setProtectedHeader({ alg: 'HS256', kid: 'local' })
          .sign(new TextEncoder().encode(await exportSPKI(publicKey)));
      },
    ],
    ['another key', async () => tokenWith({ key: (await generateKeyPair('Ed25519')).privateKey })],
    ['another issuer', async () => (await localIssuer('https://other.test', 'slipway')).sign('rita@example.org', [])],
    ['another audience', () => tokenWith({ audience: 'elsewhere' })],
    ['expired', () => tokenWith({ expires: now - 60 })],
    ['not yet valid', () => tokenWith({ notBefore: now + 600 })],
    ['no subject', () => tokenWith({ subject: '' })],
    ['no JWT', () => 'nonsense'],
  ])('is a 401: %s', async (_name, make) => {
    const { body, headers } = await mine(await make()).expect(401);
    expect(body.code).toBe('unauthenticated');
    expect(headers['www-authenticate']).toBe('Bearer');
  });
});

test('keys that cannot be had are a 503, not a 401', async () => {
  keysFail = true;
  const unreachable = issuerAt(ISSUER, 'slipway', `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks`);
  const guard = new AskGuard(unreachable, {
    pseudonymOf: async alias => alias,
    grantsOf: async () => [],
    keyOf: async () => undefined,
  });
  const module = await Test.createTestingModule({ controllers: [Notes] }).compile();
  const other = module.createNestApplication<NestExpressApplication>({ ...httpOptions, logger: false });
  configureHttp(other);
  other.useGlobalGuards(guard);
  await other.init();
  const token = await ours.sign('rita@example.org', ['release-manager']);
  const { body } = await request(other.getHttpServer())
    .get('/notes/mine')
    .set('Authorization', `Bearer ${token}`)
    .expect(503);
  expect(body.code).toBe('issuer-unreachable');
  await other.close();
  keysFail = false;
});

describe('a token that was good before', () => {
  afterEach(() => jest.useRealTimers());

  test('is good until it expires, and not a moment longer', async () => {
    const token = await tokenWith({ expires: now + 30 });
    await mine(token).expect(200);
    await mine(token).expect(200);
    jest.useFakeTimers({ now: (now + 36) * 1_000, doNotFake: ['setTimeout', 'setImmediate', 'nextTick'] });
    await mine(token).expect(401);
  });

  test('says nothing for another with the same claims and signed by somebody else', async () => {
    const [ours, theirs] = [
      await tokenWith({}),
      await tokenWith({ key: (await generateKeyPair('Ed25519')).privateKey }),
    ];
    await mine(ours).expect(200);
    await mine(theirs).expect(401);
    const [head, , signature] = ours.split('.');
    const [, others] = (await tokenWith({ subject: 'ada@example.org' })).split('.');
    await mine(`${head}.${others}.${signature}`).expect(401);
  });
});

test('the keys are asked for once', async () => {
  const before = keysAsked;
  await mine(await ours.sign('rita@example.org', ['release-manager'])).expect(200);
  expect(keysAsked).toBe(before);
});

describe('an idempotency key', () => {
  test('names the same command and the same new record again; the request is what the client sent', async () => {
    const [first, again, other] = [
      await write({ 'Idempotency-Key': 'k1' }),
      await write({ 'Idempotency-Key': 'k1' }),
      await write({ 'Idempotency-Key': 'k1' }, 'changed'),
    ];
    expect(again.body).toEqual(first.body);
    expect(other.body).toMatchObject({ key: first.body.key, stream: first.body.stream });
    expect(other.body.request).not.toBe(first.body.request);
  });

  test('without one, each request is a command of its own', async () => {
    expect((await write({})).body.key).not.toBe((await write({})).body.key);
  });

  test.each(['', 'a b', 'x'.repeat(256), 'caf\u00e9'])('is refused when it is no key: %j', async key => {
    expect((await write({ 'Idempotency-Key': key })).body).toMatchObject({
      status: 400,
      code: 'invalid-idempotency-key',
    });
  });
});

test('If-Match is one ETag as it was answered', async () => {
  expect((await write({ 'If-Match': '"3"' })).body).toMatchObject({ expected: 3 });
  expect((await write({ 'If-Match': '*' })).body.expected).toBeUndefined();
  expect((await write({ 'If-Match': 'W/"3"' })).body).toMatchObject({ status: 400, code: 'invalid-if-match' });
});
