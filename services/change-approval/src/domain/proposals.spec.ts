import { specification, type Stamped } from '@slipway/event-sourcing';
import { builtIn } from './approval-policy.ts';
import { change } from './change.ts';
import {
  after,
  ann,
  approved,
  author,
  bob,
  command,
  contentWith,
  granting,
  payments,
  person,
  proposal,
  proposing,
  raising,
  risk,
  typesOf,
} from './change.examples.ts';
import type { Proposal } from './change-state.ts';
import type { AssessRisk, ProposeChange, RequestApprovals, ReviseChange } from './proposals.ts';
import { digest } from './change.examples.ts';

const given = specification(change);
const raised = after(raising());
const authorized = after(...approved);
const proposed = (next: Proposal, releaseOpen = true): Stamped<ProposeChange> =>
  command<ProposeChange>('ProposeChange', { ...raising().data, proposal: next, releaseOpen });
const changed = proposing(contentWith('b'));
const moved = (start: string, end: string): Proposal => proposing(contentWith('a'), { window: { start, end } });

describe('raising', () => {
  test('a normal change is assessed, and two approvals are asked for', () =>
    expect(given().when(raising())).toMatchObject([
      {
        type: 'ChangeRaised',
        data: { releaseIds: ['r1'], serviceIds: ['checkout'], contentDigest: proposal.contentDigest },
      },
      { type: 'RiskAssessed', data: { level: 'low', modelVersion: 'first/1' } },
      { type: 'ApprovalRequested', data: { slot: 'change-approvers', count: 2, policyVersion: '1' } },
    ]));

  test('an emergency change skips assessment', () =>
    expect(typesOf(given().when(raising('emergency')))).toEqual(['ChangeRaised', 'ApprovalRequested']));

  test('a standard change is authorized beforehand', () =>
    expect(given().when(raising('standard'))).toMatchObject([
      { type: 'ChangeRaised' },
      { type: 'ChangeAuthorized', data: { authorization: 'pre-authorized', envelope: { riskLevel: 'low' } } },
      { type: 'ChangeScheduled', data: { window: proposal.window } },
    ]));

  test('a normal change that no policy has slots for waits rather than passes', () => {
    const { slots } = builtIn;
    const policy = { policyVersion: '2', slots: { ...slots, normal: [] } };
    expect(typesOf(given().when({ ...raising(), data: { ...raising().data, policy } }))).toEqual([
      'ChangeRaised',
      'RiskAssessed',
    ]);
  });

  test('is done once', () => expect(given(...raised).when(raising())).toMatchObject({ rejected: 'already-raised' }));

  test.each([
    ['no-targets', proposing(contentWith('a', []))],
    ['window-empty', moved('2026-03-02T14:00:00Z', '2026-03-02T14:00:00.000Z')],
    ['content-mismatch', proposing(contentWith('a'), { contentDigest: digest('0') })],
  ])('is refused with %s', (rejected, flawed) =>
    expect(given().when(raising('normal', flawed))).toMatchObject({ rejected }),
  );
});

describe('a proposal of the release', () => {
  test('raises the change when there is none', () =>
    expect(typesOf(given().when(proposed(proposal)))).toEqual(['ChangeRaised', 'RiskAssessed', 'ApprovalRequested']));

  test('that changes nothing has no effect', () => expect(given(...authorized).when(proposed(proposal))).toEqual([]));

  test('moves it inside the approved window', () =>
    expect(given(...authorized).when(proposed(moved('2026-03-02T11:00:00Z', '2026-03-02T13:00:00Z')))).toMatchObject([
      { type: 'ChangeMoved', data: { window: { start: '2026-03-02T11:00:00Z' } } },
    ]));

  test('may move back to where it was approved', () => {
    const inside = after(...approved, proposed(moved('2026-03-02T11:00:00Z', '2026-03-02T13:00:00Z')));
    expect(typesOf(given(...inside).when(proposed(proposal)))).toEqual(['ChangeMoved']);
  });

  test('voids every approval when it leaves the window', () =>
    expect(given(...authorized).when(proposed(moved('2026-03-02T10:00:00Z', '2026-03-02T14:00:01Z')))).toMatchObject([
      { type: 'ChangeRevised', data: { difference: [{ path: '/window' }] } },
      {
        type: 'ApprovalVoided',
        data: { approver: ann, cause: 'left-envelope', contentDigest: proposal.contentDigest },
      },
      { type: 'ApprovalVoided', data: { approver: bob } },
      { type: 'RiskAssessed' },
      { type: 'ApprovalRequested' },
    ]));

  test('says what is different in the content', () =>
    expect(given(...authorized).when(proposed(changed))).toMatchObject([
      {
        type: 'ChangeRevised',
        data: {
          difference: [
            { path: '/content/artifacts', before: [{ digest: digest('a') }], after: [{ digest: digest('b') }] },
          ],
        },
      },
      { type: 'ApprovalVoided' },
      { type: 'ApprovalVoided' },
      { type: 'RiskAssessed' },
      { type: 'ApprovalRequested' },
    ]));

  test('tells what is long by its digest', () => {
    const targets = Array.from({ length: 100 }, (_, index) => ({ ...payments, serviceId: `service-${index}` }));
    expect(given(...authorized).when(proposed(proposing(contentWith('a', targets))))).toMatchObject([
      {
        data: {
          difference: [
            { path: '/content/targets', before: [{ serviceId: 'checkout' }], after: expect.stringMatching(/^sha256:/) },
          ],
        },
      },
      {},
      {},
      {},
      {},
    ]);
  });

  test('leaves the envelope with other authors of the same content', () =>
    expect(
      typesOf(given(...authorized).when(proposed(proposing(contentWith('a'), { commitAuthors: [author, ann] })))),
    ).toContain('ApprovalVoided'));

  test('leaves the envelope when the risk is another', () => {
    const riskier = proposed(proposal);
    const facts = { ...risk, criticalities: ['critical' as const] };
    expect(given(...authorized).when({ ...riskier, data: { ...riskier.data, risk: facts } })).toMatchObject([
      { type: 'ChangeRevised', data: { difference: [{ path: '/riskLevel', before: 'low', after: 'medium' }] } },
      {},
      {},
      { type: 'RiskAssessed', data: { level: 'medium' } },
      {},
    ]);
  });

  test('voids are final: the old content needs its approvals again', () => {
    const back = after(...approved, proposed(changed), proposed(proposal));
    expect(given(...back).when(granting(person(ann)))).toMatchObject([{ type: 'ApprovalGranted' }]);
    expect(
      given(...after(...approved, proposed(changed), proposed(proposal), granting(person(ann)))).when(
        granting(person(bob)),
      ),
    ).toMatchObject([{ type: 'ApprovalGranted' }, { type: 'ChangeAuthorized' }, { type: 'ChangeScheduled' }]);
  });

  test('authorizes a standard change anew', () =>
    expect(
      typesOf(
        given(...after(raising('standard'))).when({
          ...proposed(changed),
          data: { ...proposed(changed).data, model: 'standard' },
        }),
      ),
    ).toEqual(['ChangeRevised', 'ChangeAuthorized', 'ChangeScheduled']));

  test('of a release that is no longer planned is refused', () =>
    expect(given(...raised).when(proposed(changed, false))).toMatchObject({ rejected: 'release-not-open' }));

  const attempt = command('RecordAttempt', { deploymentId: 'd1', target: payments });
  test('that leaves the envelope while it is implemented is refused', () =>
    expect(given(...after(...approved, attempt)).when(proposed(changed))).toMatchObject({
      rejected: 'change-in-implementation',
    }));

  test('is too late once the change is canceled', () => {
    const canceled = after(raising(), command('CancelChange', { reason: 'sealed:v1:x' }));
    expect(given(...canceled).when(proposed(changed))).toMatchObject({ rejected: 'change-not-open' });
  });
});

describe('by hand', () => {
  const revision = command<ReviseChange>('ReviseChange', { proposal: changed, risk, policy: builtIn });
  const own = raising();
  const ownRaised = after({ ...own, data: { ...own.data, releaseIds: [] } });

  test('a change without a release is revised', () =>
    expect(typesOf(given(...ownRaised).when(revision))).toEqual([
      'ChangeRevised',
      'RiskAssessed',
      'ApprovalRequested',
    ]));

  test('a change of a release is not', () =>
    expect(given(...raised).when(revision)).toMatchObject({ rejected: 'content-comes-from-release' }));

  test('what is not there is not revised', () =>
    expect(given().when(revision)).toMatchObject({ rejected: 'not-found' }));

  const assessing = (criticality: 'low' | 'critical') =>
    command<AssessRisk>('AssessRisk', { risk: { ...risk, criticalities: [criticality] }, policy: builtIn });

  test('assessing again to the same level keeps the approvals', () =>
    expect(typesOf(given(...authorized).when(assessing('low')))).toEqual(['RiskAssessed']));

  test('assessing again to another level voids them', () =>
    expect(typesOf(given(...authorized).when(assessing('critical')))).toEqual([
      'ChangeRevised',
      'ApprovalVoided',
      'ApprovalVoided',
      'RiskAssessed',
      'ApprovalRequested',
    ]));

  test('an emergency is not assessed', () =>
    expect(given(...after(raising('emergency'))).when(assessing('low'))).toMatchObject({
      rejected: 'model-not-assessed',
    }));

  const requesting = command<RequestApprovals>('RequestApprovals', { policy: builtIn });

  test('approvals are asked for once', () =>
    expect(given(...raised).when(requesting)).toMatchObject({ rejected: 'approvals-already-requested' }));

  test('not when it is authorized', () =>
    expect(given(...authorized).when(requesting)).toMatchObject({ rejected: 'change-not-open' }));
});
