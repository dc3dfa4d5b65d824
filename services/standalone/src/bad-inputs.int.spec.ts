import 'reflect-metadata';
import {
  credentials,
  type GrpcObject,
  loadPackageDefinition,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { catalog } from '@slipway/catalog';
import { protoDirectory } from '@slipway/contracts';
import { deploymentExecution } from '@slipway/deployment-execution';
import { incidentCorrelation } from '@slipway/incident-correlation';
import { planning } from '@slipway/planning';
import { type Client, type TestService, testService } from '@slipway/service/testing';
import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';

// What a stranger can send, and what each gets: a stable code, never a 5xx, and nothing appended.

const SECRETS = {
  GITHUB_WEBHOOK_SECRET: 'github-secret',
  GITLAB_WEBHOOK_TOKEN: 'gitlab-token',
  ALERTMANAGER_WEBHOOK_TOKEN: 'alertmanager-token',
  PAGERDUTY_WEBHOOK_SECRET: 'pagerduty-secret',
};
let slipway: TestService;
let rita: Client;
let ada: Client;
let release: string;

beforeAll(async () => {
  Object.assign(process.env, SECRETS);
  slipway = await testService(catalog, planning, deploymentExecution, incidentCorrelation);
  rita = await slipway.as('rita@example.org', 'release-manager', 'incident-responder', 'deployer');
  ada = await slipway.as('ada@example.org', 'administrator');
  const { body } = await rita.post('/v1/releases', { title: 'Checkout 2.4', class: 'minor' }).expect(201);
  release = body.id;
});
afterAll(() => slipway.stop());

const head = (): Promise<number> => slipway.host.running[0]?.service.store.settledHead(10_000) ?? Promise.resolve(0);

type Answer = Readonly<{ status: number; body: Readonly<{ code?: string; detail?: string }>; type: string }>;

// Bytes as they are: no client library mends them.
const send = (
  method: string,
  path: string,
  headers: Record<string, string>,
  bytes?: Buffer | string,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(slipway.url);
    const asking = httpRequest({ hostname, port, method, path, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const type = response.headers['content-type'] ?? '';
        resolve({
          status: response.statusCode ?? 0,
          type,
          body: type.includes('json') ? (JSON.parse(text) as object) : {},
        });
      });
    });
    asking.on('error', reject);
    asking.end(bytes);
  });

const withToken = (client: Client, headers: Record<string, string> = {}) => ({
  Authorization: `Bearer ${client.token}`,
  'Content-Type': 'application/json',
  ...headers,
});

const draft = { title: 'Checkout 2.5', class: 'minor' };
const json = JSON.stringify;
const DIGEST = `sha256:${'a'.repeat(64)}`;
const window = { start: '2026-12-01T10:00:00Z', end: '2026-12-01T12:00:00Z' };
const artifact = { service: 'nowhere', version: '1', purl: 'pkg:oci/a@1', digest: DIGEST, repository: 'o/r' };

type Rest = readonly [
  what: string,
  method: string,
  path: string,
  body: Buffer | string | undefined,
  status: number,
  code: string,
  headers?: Record<string, string>,
];

const bodies: readonly Rest[] = [
  ['no JSON', 'POST', '/v1/releases', '{"title":', 400, 'malformed-json'],
  ['an empty body', 'POST', '/v1/releases', '', 400, 'invalid-fields'],
  ['a list', 'POST', '/v1/releases', '[]', 400, 'invalid-fields'],
  ['a text', 'POST', '/v1/releases', '"release"', 400, 'malformed-json'],
  ['null', 'POST', '/v1/releases', 'null', 400, 'malformed-json'],
  ['an unknown field', 'POST', '/v1/releases', json({ ...draft, color: 'red' }), 400, 'invalid-fields'],
  [
    '__proto__',
    'POST',
    '/v1/releases',
    '{"title":"a","class":"minor","__proto__":{"admin":true}}',
    400,
    'forbidden-name',
  ],
  ['a missing field', 'POST', '/v1/releases', json({ class: 'minor' }), 400, 'invalid-fields'],
  ['a wrong type', 'POST', '/v1/releases', json({ ...draft, title: 7 }), 400, 'invalid-fields'],
  ['null for an optional field', 'POST', '/v1/releases', json({ ...draft, description: null }), 400, 'invalid-fields'],
  ['an empty title', 'POST', '/v1/releases', json({ ...draft, title: '' }), 400, 'invalid-fields'],
  ['a long title', 'POST', '/v1/releases', json({ ...draft, title: 'x'.repeat(201) }), 400, 'invalid-fields'],
  ['an unknown class', 'POST', '/v1/releases', json({ ...draft, class: 'huge' }), 400, 'invalid-fields'],
  ['a large body', 'POST', '/v1/releases', json({ ...draft, description: 'x'.repeat(300_000) }), 413, 'body-too-large'],
  ['a deep body', 'POST', '/v1/releases', `{"title":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 400, 'too-deep'],
  [
    'bytes that are not UTF-8',
    'POST',
    '/v1/releases',
    Buffer.from('{"title":"\xff","class":"minor"}', 'latin1'),
    400,
    'invalid-utf-8',
  ],
  ['UTF-16', 'POST', '/v1/releases', Buffer.from(json(draft), 'utf16le'), 400, 'malformed-json'],
  ['a NUL in a text', 'POST', '/v1/releases', '{"title":"a\\u0000b","class":"minor"}', 400, 'invalid-text'],
  ['half of a surrogate pair', 'POST', '/v1/releases', '{"title":"\\ud800","class":"minor"}', 400, 'invalid-text'],
  [
    'half of a surrogate pair as a name',
    'POST',
    '/v1/releases',
    '{"title":"a","class":"minor","\\udc00":1}',
    400,
    'invalid-text',
  ],
  [
    'a form',
    'POST',
    '/v1/releases',
    'title=a',
    415,
    'unsupported-media-type',
    { 'Content-Type': 'application/x-www-form-urlencoded' },
  ],
  [
    'an unknown charset',
    'POST',
    '/v1/releases',
    json(draft),
    415,
    'unsupported-charset',
    { 'Content-Type': 'application/json; charset=latin1' },
  ],
  [
    'an unknown encoding',
    'POST',
    '/v1/releases',
    json(draft),
    415,
    'unsupported-encoding',
    { 'Content-Encoding': 'snappy' },
  ],
  ['gzip that is none', 'POST', '/v1/releases', json(draft), 400, 'malformed-encoding', { 'Content-Encoding': 'gzip' }],
];

const values = (): readonly Rest[] => [
  [
    'a day that does not exist',
    'POST',
    `/v1/releases/${release}/schedule`,
    json({ window: { ...window, start: '2026-02-30T10:00:00Z' }, targets: [] }),
    400,
    'invalid-fields',
  ],
  [
    'a leap day of no leap year',
    'POST',
    `/v1/releases/${release}/schedule`,
    json({ window: { ...window, end: '2027-02-29T10:00:00Z' }, targets: [] }),
    400,
    'invalid-fields',
  ],
  [
    'hour 25',
    'POST',
    `/v1/releases/${release}/schedule`,
    json({ window: { ...window, end: '2026-12-01T25:00:00Z' }, targets: [] }),
    400,
    'invalid-fields',
  ],
  [
    'an instant without offset',
    'POST',
    `/v1/releases/${release}/schedule`,
    json({ window: { ...window, end: '2026-12-01T12:00:00' }, targets: [] }),
    400,
    'invalid-fields',
  ],
  [
    'a number beyond 2^53',
    'POST',
    `/v1/releases/${release}/register-rollback-plan`,
    '{"steps":"redeploy","backoutMinutes":9007199254740993}',
    400,
    'invalid-fields',
  ],
  [
    'a fraction',
    'POST',
    `/v1/releases/${release}/register-rollback-plan`,
    '{"steps":"redeploy","backoutMinutes":1.5}',
    400,
    'invalid-fields',
  ],
  [
    '1e999',
    'POST',
    `/v1/releases/${release}/register-rollback-plan`,
    '{"steps":"redeploy","backoutMinutes":1e999}',
    400,
    'invalid-fields',
  ],
  [
    'a negative number',
    'POST',
    `/v1/releases/${release}/register-rollback-plan`,
    '{"steps":"redeploy","backoutMinutes":-1}',
    400,
    'invalid-fields',
  ],
  [
    'a short digest',
    'POST',
    `/v1/releases/${release}/attach-artifact`,
    json({ ...artifact, digest: 'sha256:abc' }),
    400,
    'invalid-fields',
  ],
  [
    'no package URL',
    'POST',
    `/v1/releases/${release}/attach-artifact`,
    json({ ...artifact, purl: 'http://a' }),
    400,
    'invalid-fields',
  ],
  [
    'a service that nobody registered',
    'POST',
    `/v1/releases/${release}/attach-artifact`,
    json(artifact),
    422,
    'unknown-service',
  ],
  [
    'an unknown nested field',
    'POST',
    `/v1/releases/${release}/attach-artifact`,
    json({ ...artifact, commits: [{ sha: 'a'.repeat(40), author: 'a@b.example', committedAt: window.start, x: 1 }] }),
    400,
    'invalid-fields',
  ],
  [
    'a list that is too long',
    'POST',
    `/v1/releases/${release}/attach-artifact`,
    json({ ...artifact, commits: Array.from({ length: 501 }, () => ({})) }),
    400,
    'invalid-fields',
  ],
  [
    'a body for an action without one',
    'POST',
    `/v1/releases/${release}/go`,
    json({ force: true }),
    400,
    'invalid-fields',
  ],
  ['a wrong state', 'POST', `/v1/releases/${release}/go`, '{}', 409, 'not-authorized'],
  ['a record that is not there', 'POST', '/v1/releases/REL-999999/go', '{}', 404, 'not-found'],
  ['a number of another kind of record', 'POST', '/v1/releases/INC-1/go', '{}', 404, 'not-found'],
  [
    'a stale version',
    'POST',
    `/v1/releases/${release}/hold`,
    json({ reason: 'x' }),
    412,
    'stale-version',
    { 'If-Match': '"7"' },
  ],
  [
    'a weak ETag',
    'POST',
    `/v1/releases/${release}/hold`,
    json({ reason: 'x' }),
    400,
    'invalid-if-match',
    { 'If-Match': 'W/"1"' },
  ],
  [
    'an idempotency key that is none',
    'POST',
    '/v1/releases',
    json(draft),
    400,
    'invalid-idempotency-key',
    { 'Idempotency-Key': 'x'.repeat(256) },
  ],
  ['an unknown path', 'POST', '/v1/nothing', '{}', 404, 'not-found'],
  ['an unknown method', 'DELETE', '/v1/releases', undefined, 405, 'method-not-allowed'],
  ['a path that is not well encoded', 'GET', '/v1/releases/%E0%A4%A', undefined, 400, 'malformed-url'],
  ['a NUL in a path', 'GET', '/v1/releases/%00', undefined, 400, 'invalid-text'],
  ['a NUL in a query', 'GET', '/v1/releases?q=%00', undefined, 400, 'invalid-text'],
  ['an unknown filter', 'GET', '/v1/releases?color=red', undefined, 400, 'invalid-fields'],
  ['a page that is too large', 'GET', '/v1/releases?pageSize=201', undefined, 400, 'invalid-fields'],
  ['a page size that is none', 'GET', '/v1/releases?pageSize=ten', undefined, 400, 'invalid-fields'],
  ['a page token that nobody made', 'GET', '/v1/releases?pageToken=nonsense', undefined, 400, 'invalid-page-token'],
  ['an event that nobody appended', 'GET', '/v1/releases?afterEvent=nonsense', undefined, 400, 'invalid-after-event'],
  ['a filter twice', 'GET', '/v1/releases?q=a&q=b', undefined, 400, 'invalid-fields'],
];

test.each(bodies)('REST: %s', (...row) => isRefused(row as unknown as Rest));
test.each(values().map(([what]) => what))('REST: %s', what =>
  isRefused(values().find(([each]) => each === what) as Rest),
);

const isRefused = async ([, method, path, body, expected, code, headers]: Rest): Promise<void> => {
  const before = await head();
  const answer = await send(method, path, withToken(rita, headers), body);
  expect([answer.status, answer.body.code, answer.type]).toEqual([
    expected,
    code,
    expect.stringContaining('application/problem+json'),
  ]);
  expect(await head()).toBe(before);
};

test('REST: an idempotency key that came before with another request', async () => {
  await send('POST', '/v1/releases', withToken(rita, { 'Idempotency-Key': 'bad-inputs' }), json(draft));
  await isRefused([
    '',
    'POST',
    '/v1/releases',
    json({ ...draft, title: 'another' }),
    422,
    'idempotency-key-reused',
    { 'Idempotency-Key': 'bad-inputs' },
  ]);
});

describe('a row of the catalog is refused', () => {
  test.each<[string, object]>([
    [
      'for a dependency that nobody registered',
      {
        services: [
          {
            name: 'a',
            title: 'A',
            ownerTeam: 't',
            criticality: 'low',
            dependencies: [{ service: 'nobody', kind: 'service' }],
          },
        ],
      },
    ],
    [
      'for a time zone that does not exist',
      { environments: [{ name: 'e', title: 'E', tier: 'test', region: 'r', timeZone: 'Mars/Olympus' }] },
    ],
  ])('%s', async (_what, document) => {
    const before = await head();
    const { body } = await ada.post('/v1/catalog/import', document).expect(200);
    expect(body.records).toEqual([expect.objectContaining({ outcome: 'refused', code: expect.any(String) })]);
    expect(await head()).toBe(before);
  });
});

describe('a webhook', () => {
  const githubSigned = (body: Buffer | string, secret = SECRETS.GITHUB_WEBHOOK_SECRET) => ({
    'Content-Type': 'application/json',
    'X-GitHub-Event': 'deployment',
    'X-GitHub-Delivery': crypto.randomUUID(),
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  });
  const hook = (tool: string) =>
    tool === 'github' || tool === 'gitlab' ? `/v1/deployments/hooks/${tool}` : `/v1/incidents/hooks/${tool}`;

  test.each<[string, string, Record<string, string>]>([
    ['GitHub without a signature', 'github', {}],
    ['GitHub with the signature of another secret', 'github', githubSigned('{}', 'other')],
    ['GitHub with the signature of another body', 'github', githubSigned('{ }')],
    ['GitHub with SHA-1', 'github', { 'X-Hub-Signature': 'sha1=0000' }],
    ['GitLab without a token', 'gitlab', {}],
    ['GitLab with another token', 'gitlab', { 'X-Gitlab-Token': 'nope' }],
    ['Alertmanager without a token', 'alertmanager', {}],
    ['Alertmanager with another token', 'alertmanager', { Authorization: 'Bearer nope' }],
    ['PagerDuty without a signature', 'pagerduty', {}],
    ['PagerDuty with an empty signature', 'pagerduty', { 'X-PagerDuty-Signature': 'v1=' }],
  ])('%s is a 401', async (_what, tool, headers) => {
    const before = await head();
    const answer = await send('POST', hook(tool), { 'Content-Type': 'application/json', ...headers }, '{}');
    expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated']);
    expect(await head()).toBe(before);
  });

  test('that is too large is a 413, and nothing is kept', async () => {
    const before = await head();
    const body = json({ deployment: 'x'.repeat(300_000) });
    expect((await send('POST', hook('github'), githubSigned(body), body)).body.code).toBe('body-too-large');
    expect(await head()).toBe(before);
  });

  test('of a kind that is not used is a 202, and no fact', async () => {
    const before = await head();
    const headers = { ...githubSigned('{"zen":"Design for failure."}'), 'X-GitHub-Event': 'ping' };
    expect((await send('POST', hook('github'), headers, '{"zen":"Design for failure."}')).status).toBe(202);
    expect(await head()).toBe(before);
  });

  test.each<[string, Buffer | string]>([
    ['no JSON', '{"deployment":'],
    ['bytes that are not UTF-8', Buffer.from('{"a":"\xff"}', 'latin1')],
    ['too deep', `${'['.repeat(1_000)}${']'.repeat(1_000)}`],
    ['a NUL in a text', '{"a":"\\u0000"}'],
    ['another shape', '{"deployment":7}'],
  ])('that is genuine but cannot be read (%s) is kept once, for a person to see', async (_what, body) => {
    const headers = githubSigned(body);
    const before = await head();
    expect((await send('POST', hook('github'), headers, body)).status).toBe(202);
    expect((await send('POST', hook('github'), headers, body)).status).toBe(202);
    expect(await head()).toBe(before + 1);
  });
});

describe('gRPC', () => {
  type Call = (
    request: object,
    metadata: Metadata,
    answered: (error: ServiceError | null, reply: unknown) => void,
  ) => void;
  const options = { includeDirs: [protoDirectory], longs: String, enums: String, defaults: true, oneofs: true };
  const call = (method: string, message: object, token: string | undefined): Promise<ServiceError> => {
    const loaded = loadPackageDefinition(loadSync('slipway/planning/v1/releases.proto', options)) as GrpcObject;
    const { ReleasesService } = ((loaded['slipway'] as GrpcObject)['planning'] as GrpcObject)['v1'] as GrpcObject;
    const Client = ReleasesService as unknown as new (
      address: string,
      channel: unknown,
    ) => Record<string, Call> & { close: () => void };
    const client = new Client(slipway.grpcAddress, credentials.createInsecure());
    const metadata = new Metadata();
    if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
    return new Promise((resolve, reject) => {
      (client[method] as Call).call(client, message, metadata, (error, reply) => {
        client.close();
        if (error) resolve(error);
        else reject(new Error(`was let through: ${json(reply)}`));
      });
    });
  };

  test.each<[string, string, object, string, number]>([
    ['nothing', 'DraftRelease', {}, 'rita', status.INVALID_ARGUMENT],
    [
      'a long title',
      'DraftRelease',
      { title: 'x'.repeat(201), class: 'RELEASE_CLASS_MINOR' },
      'rita',
      status.INVALID_ARGUMENT,
    ],
    ['a NUL in a text', 'HoldRelease', { id: 'REL-1', reason: 'a\0b' }, 'rita', status.INVALID_ARGUMENT],
    [
      'an idempotency key that is none',
      'HoldRelease',
      { id: 'REL-1', reason: 'x', requestId: 'a b' },
      'rita',
      status.INVALID_ARGUMENT,
    ],
    ['a large message', 'HoldRelease', { id: 'REL-1', reason: 'x'.repeat(300_000) }, 'rita', status.RESOURCE_EXHAUSTED],
    ['a wrong state', 'GoRelease', { id: 'REL-1' }, 'rita', status.FAILED_PRECONDITION],
    ['a record that is not there', 'GetRelease', { id: 'REL-999999' }, 'rita', status.NOT_FOUND],
    ['no token', 'GetRelease', { id: 'REL-1' }, 'none', status.UNAUTHENTICATED],
    ['a token that is none', 'GetRelease', { id: 'REL-1' }, 'nonsense', status.UNAUTHENTICATED],
    ['a role that may not', 'HoldRelease', { id: 'REL-1', reason: 'x' }, 'vera', status.PERMISSION_DENIED],
  ])('%s', async (_what, method, message, who, code) => {
    const vera = await slipway.as('vera@example.org', 'viewer');
    const tokens: Record<string, string | undefined> = { rita: rita.token, vera: vera.token, nonsense: 'nonsense' };
    const before = await head();
    expect((await call(method, message, tokens[who])).code).toBe(code);
    expect(await head()).toBe(before);
  });
});
