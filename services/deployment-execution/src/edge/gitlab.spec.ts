import { fixtureJson } from './fixture.ts';
import { instantOf, isFromGitLab, readGitLab } from './gitlab.ts';
import { identityOf, type RunReport } from './tool-message.ts';

const body = fixtureJson('gitlab/deployment');
const report: RunReport = {
  externalId: 'job/796',
  repository: 'http://10.126.0.2:3000/root/test-deployment-webhooks',
  environmentAlias: 'staging',
  commit: '279484c09fbe69ededfced8c1bb6e6d24616b468',
  status: 'succeeded',
  occurredAt: '2021-04-28T19:50:00.000Z',
  startedBy: 'gitlab:user1',
};

it('reads a deployment', () => {
  expect(readGitLab(body)).toEqual({ reports: [report] });
  expect(readGitLab({ ...body, deployable_id: null })).toMatchObject({ reports: [{ externalId: 'deployment/15' }] });
});

it.each([
  ['created', 'queued'],
  ['blocked', 'waiting'],
  ['running', 'running'],
  ['success', 'succeeded'],
  ['failed', 'failed'],
  ['canceled', 'canceled'],
  ['skipped', 'canceled'],
])('%s is %s', (said, status) => {
  expect(readGitLab({ ...body, status: said })).toMatchObject({ reports: [{ status }] });
});

it.each([
  ['no-object-kind', null],
  ['no-object-kind', {}],
  ['not-a-deployment', { object_kind: 'deployment' }],
  ['not-a-deployment', { ...body, commit_url: 'http://10.126.0.2:3000/x' }],
  ['unknown-state', { ...body, status: 'melted' }],
  ['no-such-instant', { ...body, status_changed_at: 'yesterday' }],
])('has a problem: %s', (problem, other) => {
  expect(readGitLab(other)).toEqual({ problem });
});

it('leaves other kinds alone', () => {
  expect(readGitLab({ object_kind: 'release' })).toEqual({ unused: 'release' });
});

describe('a pipeline', () => {
  const pipeline = fixtureJson('gitlab/pipeline') as never as { builds: readonly { name: string }[] };
  const deploying = (change: object) => ({
    ...pipeline,
    builds: pipeline.builds.map(build => (build.name === 'production' ? { ...build, ...change } : build)),
  });
  const ran = { started_at: '2016-08-12 15:26:12 UTC', finished_at: '2016-08-12 15:26:29 UTC' };

  it('tells of the jobs that deploy, once they have started', () => {
    expect(readGitLab(pipeline)).toEqual({ unused: 'pipeline' });
    expect(readGitLab(deploying({ ...ran, status: 'success' }))).toEqual({
      reports: [
        {
          externalId: 'job/380',
          repository: 'http://192.168.64.1:3005/gitlab-org/gitlab-test',
          environmentAlias: 'production',
          commit: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
          status: 'succeeded',
          occurredAt: '2016-08-12T15:26:29.000Z',
          startedBy: 'gitlab:user1',
        },
      ],
    });
    expect(readGitLab(deploying({ ...ran, status: 'running' }))).toMatchObject({
      reports: [{ status: 'running', occurredAt: '2016-08-12T15:26:12.000Z' }],
    });
    const stopping = { name: 'production', action: 'stop' };
    expect(readGitLab(deploying({ ...ran, status: 'success', environment: stopping }))).toEqual({ unused: 'pipeline' });
  });

  it.each([
    ['unknown-state', deploying({ ...ran, status: 'melted' })],
    ['not-a-pipeline', { object_kind: 'pipeline' }],
  ])('has a problem: %s', (problem, other) => {
    expect(readGitLab(other)).toEqual({ problem });
  });
});

it.each([
  ['2021-04-28 21:50:00 +0200', '2021-04-28T19:50:00.000Z'],
  ['2021-02-25 21:23:34 UTC', '2021-02-25T21:23:34.000Z'],
  ['2021-02-25T21:23:34.120-01:30', '2021-02-25T22:53:34.120Z'],
  ['2021-02-30 21:23:34 UTC', undefined],
  ['', undefined],
])('%s', (text, instant) => {
  expect(instantOf(text)).toBe(instant);
});

it('is the same message when deployment, status and its time are the same', () => {
  expect(identityOf(report)).toBe(identityOf({ ...report }));
  for (const other of [{ externalId: '16' }, { status: 'failed' as const }, { occurredAt: '2021-04-28T19:50:01.000Z' }])
    expect(identityOf({ ...report, ...other })).not.toBe(identityOf(report));
});

it('comes with the token itself', () => {
  expect(isFromGitLab('secret', 'secret')).toBe(true);
  for (const [secret, token] of [
    ['secret', 'other'],
    ['secret', ''],
    ['secret', undefined],
    ['', ''],
  ] as const)
    expect(isFromGitLab(secret, token)).toBe(false);
});
