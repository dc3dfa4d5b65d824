import { isFromArgoCd, readArgoCd } from './argocd.ts';
import { NO_COMMIT } from './tool-message.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const commit = '6113728f27ae82c7b1a177c8d03f9e96e0adf246';
// The fields of an Application (argoproj/argo-cd, manifests/crds/application-crd.yaml) as its notifications see it.
const application = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'checkout', namespace: 'argocd' },
  spec: { source: { repoURL: 'https://git.example/config' }, destination: { namespace: 'production' } },
  status: {
    operationState: {
      phase: 'Succeeded',
      startedAt: '2026-03-02T10:00:00Z',
      finishedAt: '2026-03-02T10:00:20Z',
      operation: { initiatedBy: { username: 'ann' } },
      syncResult: { revision: commit },
    },
    health: { status: 'Healthy', lastTransitionTime: '2026-03-02T10:01:00Z' },
    summary: { images: [`registry.example/checkout:2.4@${digest}`, 'registry.example/side-car:1'] },
  },
};
type Status = (typeof application)['status'];
const withStatus = (operationState: object, health: object = {}, other: Partial<Status> = {}) => ({
  ...application,
  status: {
    ...application.status,
    ...other,
    operationState: { ...application.status.operationState, ...operationState },
    health: { ...application.status.health, ...health },
  },
});

describe('a notification of Argo CD', () => {
  it('tells of one sync of an application', () => {
    expect(readArgoCd(application)).toEqual({
      reports: [
        {
          externalId: 'argocd/checkout/2026-03-02T10:00:00.000Z',
          repository: 'checkout',
          environmentAlias: 'production',
          commit,
          digests: [digest],
          status: 'succeeded',
          occurredAt: '2026-03-02T10:00:20.000Z',
          requestedAt: '2026-03-02T10:00:00.000Z',
          startedBy: 'argocd:ann',
        },
      ],
    });
  });

  it.each([
    ['Running', 'Progressing', 'running', '10:00:00'],
    ['Succeeded', 'Progressing', 'running', '10:00:00'],
    ['Succeeded', 'Degraded', 'failed', '10:01:00'],
    ['Failed', 'Healthy', 'failed', '10:00:20'],
    ['Error', 'Missing', 'failed', '10:00:20'],
  ])('%s and %s is %s', (phase, health, status, time) => {
    expect(readArgoCd(withStatus({ phase }, { status: health }))).toMatchObject({
      reports: [{ status, occurredAt: `2026-03-02T${time}.000Z` }],
    });
  });

  it('may name service and environment in annotations, and know neither commit nor digest nor person', () => {
    const annotations = { 'slipway.dev/service': 'payments', 'slipway.dev/environment': 'eu' };
    const { operation: _, ...operationState } = application.status.operationState;
    const helm = {
      ...application,
      metadata: { ...application.metadata, annotations },
      status: {
        operationState: { ...operationState, syncResult: { revision: '1.2.3' } },
        health: { status: 'Healthy' },
      },
    };
    const { reports } = readArgoCd(helm) as { reports: readonly object[] };
    expect(reports).toMatchObject([
      { repository: 'payments', environmentAlias: 'eu', commit: NO_COMMIT, startedBy: 'argocd:automated' },
    ]);
    expect(reports[0]).not.toHaveProperty('digests');
  });

  it.each([
    ['not-an-application', {}],
    ['not-an-application', null],
    ['unknown-state', withStatus({ phase: 'Melted' })],
    ['no-such-instant', withStatus({ finishedAt: 'yesterday' })],
    ['no-environment', { ...application, spec: { destination: {} } }],
  ])('has a problem: %s', (problem, body) => {
    expect(readArgoCd(body)).toEqual({ problem });
  });

  it('of an application that was never synced tells nothing', () => {
    expect(readArgoCd({ ...application, status: {} })).toEqual({ unused: 'no-operation' });
  });

  it('comes with its token', () => {
    expect(isFromArgoCd('secret', 'Bearer secret')).toBe(true);
    for (const [secret, given] of [
      ['secret', 'Bearer other'],
      ['secret', 'secret'],
      ['secret', undefined],
      ['', 'Bearer '],
    ] as const)
      expect(isFromArgoCd(secret, given)).toBe(false);
  });
});
