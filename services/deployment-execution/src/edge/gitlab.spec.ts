import { fixtureJson } from './fixture.ts';
import { gitLabIdentity, instantOf, isFromGitLab, readGitLab } from './gitlab.ts';
import type { RunReport } from './tool-message.ts';

const body = fixtureJson('gitlab/deployment');
const report: RunReport = {
  externalId: '15',
  repository: 'http://10.126.0.2:3000/root/test-deployment-webhooks',
  environmentAlias: 'staging',
  commit: '279484c09fbe69ededfced8c1bb6e6d24616b468',
  status: 'succeeded',
  occurredAt: '2021-04-28T19:50:00.000Z',
  startedBy: 'gitlab:user1',
};

it('reads a deployment', () => {
  expect(readGitLab(body)).toEqual({ report });
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
  expect(readGitLab({ ...body, status: said })).toMatchObject({ report: { status } });
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
  expect(readGitLab(fixtureJson('gitlab/pipeline'))).toEqual({ unused: 'pipeline' });
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
  expect(gitLabIdentity(report)).toBe(gitLabIdentity({ ...report }));
  for (const other of [{ externalId: '16' }, { status: 'failed' as const }, { occurredAt: '2021-04-28T19:50:01.000Z' }])
    expect(gitLabIdentity({ ...report, ...other })).not.toBe(gitLabIdentity(report));
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
