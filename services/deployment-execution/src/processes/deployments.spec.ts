import type { DeploymentEvent } from '@slipway/contracts';
import { processSpecification } from '@slipway/event-sourcing';
import { at, DIGEST, observed, planned, rollback } from '../domain/examples.ts';
import { targetStream } from '../domain/target.ts';
import { settleUndoneDeploymentWhenRollbackEnded } from './settle-undone-deployment-when-rollback-ended.ts';
import { trackTargetWhenObservedDeploymentMoves } from './track-target-when-observed-deployment-moves.ts';

const on = (event: DeploymentEvent) => ({ ...event, stream: 'deployment-deployment-2' });
const requested = (data: typeof planned) => on({ type: 'DeploymentRequested', data: { ...data, ...at('09:00') } });
const STARTED = on({ type: 'DeploymentStarted', data: at('09:01') });
const TRAFFIC = on({ type: 'TrafficTaken', data: at('09:02') });
const SUCCEEDED = on({ type: 'DeploymentSucceeded', data: at('09:03') });
const FAILED = on({ type: 'DeploymentFailed', data: { reason: 'sealed:v1:x', ...at('09:03') } });
const CANCELED = on({ type: 'DeploymentCanceled', data: { reason: 'sealed:v1:x', ...at('09:03') } });
const UNVERIFIED = on({ type: 'VerificationFailed', data: { checks: [], reason: 'sealed:v1:x', ...at('09:03') } });

describe('settle-undone-deployment-when-rollback-ended', () => {
  const given = processSpecification(settleUndoneDeploymentWhenRollbackEnded);
  const to = `deployment-${rollback.undoes}`;

  it('completes the rollback', () => {
    expect(given(requested(rollback)).when(SUCCEEDED)).toEqual([
      { send: { type: 'CompleteRollback', data: { rollbackDeploymentId: 'deployment-2' } }, to },
    ]);
  });

  it.each([FAILED, UNVERIFIED, CANCELED])('gives it up on $type', event => {
    expect(given(requested(rollback)).when(event)).toEqual([
      { send: { type: 'AbandonRollback', data: { rollbackDeploymentId: 'deployment-2' } }, to },
    ]);
  });

  it('follows a rollback that was called something else, before its end and after', () => {
    const corrected = on({
      type: 'DeploymentKindCorrected',
      data: {
        before: 'planned',
        kind: 'rollback',
        undoes: 'deployment-1',
        reason: 'sealed:v1:x',
        ...at('09:04'),
      },
    });
    const complete = [{ send: { type: 'CompleteRollback', data: { rollbackDeploymentId: 'deployment-2' } }, to }];
    expect(given(requested(planned), corrected).when(SUCCEEDED)).toEqual(complete);
    expect(given(requested(planned), SUCCEEDED).when(corrected)).toEqual(complete);
    expect(given(requested(planned)).when(corrected)).toEqual([]);
  });

  it('is not for others', () => {
    expect(given(requested(planned)).when(SUCCEEDED)).toEqual([]);
    expect(given(requested({ ...rollback, kind: 'hotfix' })).when(SUCCEEDED)).toEqual([]);
    expect(given().when(requested(rollback))).toEqual([]);
  });
});

describe('track-target-when-observed-deployment-moves', () => {
  const given = processSpecification(trackTargetWhenObservedDeploymentMoves);
  const where = { deploymentId: 'deployment-2', serviceId: 'checkout', environmentId: 'production' };
  const to = targetStream('checkout', 'production');

  it('takes the lock, and says what is live when it has taken traffic', () => {
    expect(given(requested(observed)).when(STARTED)).toEqual([{ send: { type: 'ObserveOccupied', data: where }, to }]);
    const live = { deploymentId: 'deployment-2', digests: [DIGEST], version: '2.4.0' };
    expect(given(requested(observed), STARTED, TRAFFIC).when(SUCCEEDED)).toEqual([
      { send: { type: 'ObserveReleased', data: { ...where, live } }, to },
    ]);
    expect(given(requested(observed), STARTED).when(FAILED)).toEqual([
      { send: { type: 'ObserveReleased', data: where }, to },
    ]);
    expect(given(requested(observed)).when(CANCELED)).toEqual([{ send: { type: 'ObserveReleased', data: where }, to }]);
  });

  it('is not for what Slipway’s own callers run', () => {
    expect(given(requested(planned)).when(STARTED)).toEqual([]);
    expect(given(requested(planned), STARTED, TRAFFIC).when(SUCCEEDED)).toEqual([]);
  });
});
