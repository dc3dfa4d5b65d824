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

// When the two deployments of these messages were created.
const PRODUCTION = '2019-05-15T15:20:53.000Z';
const PAGES = '2022-01-03T01:28:30.000Z';

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
    const requestedAt = name.includes('gh-pages') || name.includes('in_progress') ? PAGES : PRODUCTION;
    expect(readGitHub(kind, fixtureJson(`github/${name}`))).toEqual({ reports: [{ ...run, requestedAt, ...report }] });
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
    expect(readGitHub('deployment_status', statusWith({ state }))).toMatchObject({ reports: [{ status }] });
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
    expect(readGitHub('deployment', orphaned)).toMatchObject({ reports: [{ startedBy: 'github:ghost' }] });
  });

  it('of a kind that is not used is none of our business', () => {
    expect(readGitHub('release', fixtureJson('github/release.published'))).toEqual({ unused: 'release' });
    expect(readGitHub('ping', { zen: 'Design for failure.' })).toEqual({ unused: 'ping' });
  });
});

describe('a workflow run of GitHub', () => {
  const completed = fixtureJson('github/workflow_run.completed.success');
  const runWith = (change: object) => ({ ...completed, workflow_run: { ...completed['workflow_run'], ...change } });

  it('deploys where an environment has its file as an alias', () => {
    expect(readGitHub('workflow_run', completed)).toEqual({
      unlessUnknown: 'workflow_run',
      reports: [
        {
          externalId: 'workflow_run/289782451/1',
          repository: 'https://github.com/octo-org/octo-repo',
          environmentAlias: 'octo-org/octo-repo/.github/workflows/test.yml',
          commit: '3484a3fb816e0859fd6e1cea078d76385ff50625',
          status: 'succeeded',
          occurredAt: '2020-10-05T16:33:49.000Z',
          requestedAt: '2020-10-05T16:33:24.000Z',
          startedBy: 'github:Codertocat',
        },
      ],
    });
  });

  it('that a person must let go on waits, whatever it is called', () => {
    expect(readGitHub('workflow_run', fixtureJson('github/workflow_run.requested.action_required'))).toMatchObject({
      reports: [{ status: 'waiting' }],
    });
  });

  it.each([
    ['completed', 'failure', 'failed'],
    ['completed', 'timed_out', 'failed'],
    ['completed', 'cancelled', 'canceled'],
    ['completed', 'skipped', 'canceled'],
    ['completed', 'neutral', 'canceled'],
    ['completed', 'stale', 'canceled'],
    ['queued', null, 'queued'],
    ['in_progress', null, 'running'],
    ['waiting', null, 'waiting'],
  ])('%s, %s is %s', (status, conclusion, is) => {
    expect(readGitHub('workflow_run', runWith({ status, conclusion }))).toMatchObject({ reports: [{ status: is }] });
  });

  it.each([
    ['unknown-state', runWith({ conclusion: 'melted' })],
    ['unknown-state', runWith({ conclusion: null })],
    ['no-such-instant', runWith({ updated_at: 'yesterday' })],
    ['not-a-workflow-run', {}],
  ])('is a problem: %s', (problem, body) => {
    expect(readGitHub('workflow_run', body)).toEqual({ problem });
  });
});
