import { fixtureJson } from './fixture.ts';
import { isFromGitHub, readGitHub } from './github.ts';

describe('a signature of GitHub', () => {
  // "Validating webhook deliveries", GitHub documentation
  const secret = "It's a Secret to Everybody";
  const body = Buffer.from('Hello, World!');
  const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

  it('is the HMAC of the raw bytes', () => {
    expect(isFromGitHub(body, secret, signature)).toBe(true);
  });

  it.each([
    ['another byte', Buffer.from('Hello, World?'), secret, signature],
    ['another secret', body, 'another', signature],
    ['no secret', body, '', signature],
    ['no signature', body, secret, undefined],
    ['an empty signature', body, secret, ''],
    ['half a signature', body, secret, signature.slice(0, 40)],
    ['another scheme', body, secret, signature.replace('sha256', 'sha1')],
    ['another digit', body, secret, signature.replace(/7$/, '8')],
  ])('is refused with %s', (_, bytes, key, given) => {
    expect(isFromGitHub(bytes, key, given)).toBe(false);
  });
});

describe('a message of GitHub', () => {
  const run = {
    externalId: '145988746',
    repository: 'https://github.com/Codertocat/Hello-World',
    commit: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
  };

  it.each([
    [
      'deployment',
      'deployment.created',
      {
        status: 'queued',
        environmentAlias: 'production',
        occurredAt: '2019-05-15T15:20:53.000Z',
        startedBy: 'github:Codertocat',
      },
    ],
    [
      'deployment',
      'deployment.created.gh-pages',
      {
        status: 'queued',
        environmentAlias: 'github-pages',
        occurredAt: '2022-01-03T01:28:30.000Z',
        startedBy: 'github:github-pages[bot]',
      },
    ],
    [
      'deployment_status',
      'deployment_status.in_progress',
      {
        status: 'running',
        environmentAlias: 'github-pages',
        occurredAt: '2022-01-03T01:28:40.000Z',
        startedBy: 'github:github-pages[bot]',
      },
    ],
    [
      'deployment_status',
      'deployment_status.success',
      {
        status: 'succeeded',
        environmentAlias: 'production',
        occurredAt: '2019-05-15T15:20:55.000Z',
        startedBy: 'github:Codertocat',
      },
    ],
  ])('%s: %s', (kind, name, report) => {
    expect(readGitHub(kind, fixtureJson(`github/${name}`))).toEqual({ report: { ...run, ...report } });
  });

  const statusWith = (change: object) => {
    const body = fixtureJson('github/deployment_status.success');
    return { ...body, deployment_status: { ...body['deployment_status'], ...change } };
  };

  it.each([
    ['pending', 'queued'],
    ['queued', 'queued'],
    ['waiting', 'waiting'],
    ['in_progress', 'running'],
    ['success', 'succeeded'],
    ['failure', 'failed'],
    ['error', 'failed'],
    ['inactive', 'inactive'],
  ])('%s is %s', (state, status) => {
    expect(readGitHub('deployment_status', statusWith({ state }))).toMatchObject({ report: { status } });
  });

  it.each([
    ['unknown-state', 'deployment_status', statusWith({ state: 'melted' })],
    ['no-such-instant', 'deployment_status', statusWith({ created_at: '2019-02-30T15:20:55Z' })],
    ['not-a-deployment-status', 'deployment_status', fixtureJson('github/deployment.created')],
    ['not-a-deployment', 'deployment', { deployment: { id: 'x' } }],
    ['not-a-deployment', 'deployment', null],
    ['not-a-deployment', 'deployment', []],
  ])('is a problem: %s', (problem, kind, body) => {
    expect(readGitHub(kind, body)).toEqual({ problem });
  });

  it('of an account that is gone is by its ghost', () => {
    const body = fixtureJson('github/deployment.created');
    const orphaned = { ...body, deployment: { ...body['deployment'], creator: null } };
    expect(readGitHub('deployment', orphaned)).toMatchObject({ report: { startedBy: 'github:ghost' } });
  });

  it('of a kind that is not used is none of our business', () => {
    expect(readGitHub('release', fixtureJson('github/release.published'))).toEqual({ unused: 'release' });
    expect(readGitHub('ping', { zen: 'Design for failure.' })).toEqual({ unused: 'ping' });
  });
});
