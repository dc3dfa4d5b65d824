import type { IncidentEvent } from '@slipway/contracts';
import { specification, stampOf } from '@slipway/event-sourcing';
import { incident } from './incident.ts';
import type { Rollout } from './scoring.ts';

const given = specification(incident);
const stamp = stampOf('person-ines', '2026-11-21T07:30:00Z');
const detected: IncidentEvent = {
  type: 'IncidentDetected',
  data: {
    ...stamp,
    title: 'Checkout fails',
    severity: 'critical',
    major: false,
    serviceIds: ['checkout'],
    environmentId: 'production',
    detectedBy: 'alert',
    impactStartedAt: '2026-11-21T07:09:00Z',
  },
};
const rollout = (deploymentId: string, minute: string): Rollout => ({
  deploymentId,
  changeId: `change-of-${deploymentId}`,
  serviceId: 'checkout',
  environmentId: 'production',
  production: true,
  moments: [{ moment: 'took-traffic', at: `2026-11-21T07:${minute}:00Z` }],
  verificationFailed: false,
});
const propose = (...rollouts: Rollout[]) =>
  ({ type: 'ProposeCauses', data: { reach: { rollouts, dependencies: [] } }, stamp }) as const;
const [d1, d2] = [rollout('d1', '05'), rollout('d2', '08')];
const [proposed] = given(detected).when(propose(d1, d2)) as [IncidentEvent];
const confirm = (data: object) => ({ type: 'ConfirmCause', data: { primary: true, ...data }, stamp }) as never;
const reject = (deploymentId: string) => ({ type: 'RejectCandidate', data: { deploymentId }, stamp }) as const;
const confirmed = (data: object): IncidentEvent =>
  ({ type: 'CauseConfirmed', data: { ...stamp, primary: true, ...data } }) as IncidentEvent;
const byDeployment = confirmed({ kind: 'deployment', deploymentId: 'd1' });
const rejected = (deploymentId: string): IncidentEvent => ({ type: 'CauseRejected', data: { ...stamp, deploymentId } });
const idsOf = (decision: unknown) =>
  (decision as [{ data: { candidates: { deploymentId: string }[] } }])[0].data.candidates.map(
    each => each.deploymentId,
  );

describe('candidates', () => {
  test('are proposed with the version of the scoring, also when there are none', () => {
    expect(proposed).toMatchObject({ type: 'CauseProposed', data: { scoringVersion: 'first/1' } });
    expect(idsOf([proposed])).toEqual(['d2', 'd1']);
    expect(given(detected).when(propose())).toMatchObject([{ data: { candidates: [] } }]);
  });

  test('are proposed again only when their set or order differs', () => {
    expect(given(detected, proposed).when(propose(d2, d1))).toEqual([]);
    expect(idsOf(given(detected, proposed).when(propose(d1, d2, rollout('d3', '09'))))).toEqual(['d3', 'd2', 'd1']);
    expect(idsOf(given(detected, proposed).when(propose({ ...d1, verificationFailed: true }, d2)))).toEqual([
      'd1',
      'd2',
    ]);
  });

  test('are left alone once a cause is confirmed', () => {
    expect(given(detected, proposed, byDeployment).when(propose(d1))).toEqual([]);
    expect(given(detected, confirmed({ kind: 'external' })).when(propose(d1))).toEqual([]);
  });

  test('that a person rejected do not come back', () =>
    expect(idsOf(given(detected, proposed, rejected('d2')).when(propose(d1, d2)))).toEqual(['d1']));
});

describe('a person', () => {
  test('confirms a cause by kind, several of them, with one primary', () => {
    expect(given(detected, proposed).when(confirm({ kind: 'deployment', deploymentId: 'd1' }))).toEqual([byDeployment]);
    const second = confirm({ kind: 'change', changeId: 'c9', primary: false });
    expect(given(detected, proposed, byDeployment).when(second)).toMatchObject([{ type: 'CauseConfirmed' }]);
  });

  test('confirms the same once, and may make it secondary through another primary', () => {
    const again = confirm({ kind: 'deployment', deploymentId: 'd1' });
    expect(given(detected, byDeployment).when(again)).toEqual([]);
    const other = confirmed({ kind: 'deployment', deploymentId: 'd2' });
    expect(given(detected, byDeployment, other).when(again)).toMatchObject([{ type: 'CauseConfirmed' }]);
  });

  test.each([
    [{ kind: 'deployment' }, 'cause-incomplete'],
    [{ kind: 'change' }, 'cause-incomplete'],
    [{ kind: 'external', deploymentId: 'd1' }, 'cause-incomplete'],
    [{ kind: 'unknown', changeId: 'c1' }, 'cause-incomplete'],
    [{ kind: 'not-change-related' }, 'cause-contradicts'],
    [{ kind: 'unknown' }, 'cause-contradicts'],
  ])('is refused %j', (data, code) =>
    expect(given(detected, byDeployment).when(confirm(data))).toMatchObject({ rejected: code }),
  );

  test('may find a cause after it was unknown', () => {
    const unknown = confirmed({ kind: 'unknown' });
    expect(given(detected, unknown).when(confirm({ kind: 'deployment', deploymentId: 'd1' }))).toEqual([byDeployment]);
    expect(given(detected, unknown, byDeployment, rejected('d1')).when(confirm({ kind: 'unknown' }))).toMatchObject([
      { type: 'CauseConfirmed' },
    ]);
  });

  test('rejects candidates and confirmed causes, each once, and nothing else', () => {
    expect(given(detected, proposed).when(reject('d1'))).toEqual([rejected('d1')]);
    expect(given(detected, byDeployment).when(reject('d1'))).toEqual([rejected('d1')]);
    expect(given(detected, proposed, rejected('d1')).when(reject('d1'))).toEqual([]);
    expect(given(detected, proposed).when(reject('d9'))).toMatchObject({ rejected: 'not-a-candidate' });
  });

  test('judges no incident that was canceled', () => {
    const canceled: IncidentEvent = { type: 'IncidentCanceled', data: { ...stamp, cause: 'false-alarm' } };
    expect(given(detected, proposed, canceled).when(reject('d1'))).toMatchObject({ rejected: 'incident-canceled' });
    expect(given(detected, canceled).when(confirm({ kind: 'external' }))).toMatchObject({
      rejected: 'incident-canceled',
    });
  });

  test('says of the first cause what he will: it is the primary one, until another is', () => {
    const secondary = confirm({ kind: 'change', changeId: 'c1', primary: false });
    expect(given(detected).when(secondary)).toMatchObject([{ data: { primary: true } }]);
    expect(given(detected, confirmed({ kind: 'change', changeId: 'c1' })).when(secondary)).toMatchObject({
      rejected: 'primary-cause-needed',
    });
  });

  describe('takes a confirmed cause back', () => {
    const reason = 'sealed:v1:r';
    const withdraw = (data: object) => ({ type: 'WithdrawCause', data: { reason, ...data }, stamp }) as never;
    const byChange = confirmed({ kind: 'change', changeId: 'c1' });
    const external = confirmed({ kind: 'external', primary: false });

    test('of any kind, with a reason', () => {
      expect(given(detected, byChange).when(withdraw({ kind: 'change', changeId: 'c1' }))).toEqual([
        { type: 'CauseWithdrawn', data: { ...stamp, kind: 'change', changeId: 'c1', reason } },
      ]);
      expect(given(detected, byDeployment).when(withdraw({ kind: 'deployment', deploymentId: 'd1' }))).toMatchObject([
        { type: 'CauseWithdrawn', data: { deploymentId: 'd1' } },
      ]);
    });

    test('the oldest that is left becomes the primary one', () => {
      const next = { type: 'CauseConfirmed', data: { ...stamp, kind: 'external', primary: true } };
      expect(given(detected, byChange, external).when(withdraw({ kind: 'change', changeId: 'c1' }))).toMatchObject([
        { type: 'CauseWithdrawn' },
        next,
      ]);
      expect(given(detected, byChange, external).when(withdraw({ kind: 'external' }))).toMatchObject([
        { type: 'CauseWithdrawn' },
      ]);
      expect(given(detected, byDeployment, external).when(reject('d1'))).toEqual([rejected('d1'), next]);
    });

    test('and a deployment may be a candidate again', () => {
      const withdrawn = { type: 'CauseWithdrawn', data: { ...stamp, kind: 'deployment', deploymentId: 'd1', reason } };
      expect(idsOf(given(detected, byDeployment, withdrawn as IncidentEvent).when(propose(d1)))).toEqual(['d1']);
    });

    test.each([{ kind: 'external' }, { kind: 'change', changeId: 'c2' }, { kind: 'deployment', deploymentId: 'd1' }])(
      'cause-not-confirmed: %j',
      what => expect(given(detected, byChange).when(withdraw(what))).toMatchObject({ rejected: 'cause-not-confirmed' }),
    );
  });
});
