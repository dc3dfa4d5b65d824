import type { DeploymentEvent } from '@slipway/contracts';
import { fold } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { deployment } from './deployment.ts';
import { command, observed } from './examples.ts';
import type { Observation, ObservedStatus } from './observation.ts';

const on = (minute: number, status: ObservedStatus): Observation => ({
  status,
  occurredAt: `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z`,
});

const tell = (
  history: readonly DeploymentEvent[],
  observations: readonly Observation[],
): readonly DeploymentEvent[] => {
  const data = { request: observed, occurredAt: '2026-03-02T09:00:00.000Z', observations, reason: 'sealed:v1:x' };
  const events = deployment.decide(command({ type: 'ObserveDeployment', data }), fold(deployment, history));
  return [...history, ...(events as readonly DeploymentEvent[])];
};
const types = (events: readonly DeploymentEvent[]): readonly string[] => events.map(({ type }) => type);

const WHOLE = ['DeploymentRequested', 'DeploymentStarted', 'TrafficTaken', 'DeploymentFinished', 'DeploymentSucceeded'];

describe('an observed deployment', () => {
  it('follows the statuses as they come, each at the tool’s own time', () => {
    const started = tell([], [on(0, 'queued'), on(1, 'running')]);
    expect(types(started)).toEqual(['DeploymentRequested', 'DeploymentStarted']);
    const done = tell(started, [on(0, 'queued'), on(1, 'running'), on(5, 'succeeded')]);
    expect(types(done)).toEqual(WHOLE);
    expect(done.map(({ data }) => data.occurredAt.slice(14, 16))).toEqual(['00', '01', '05', '05', '05']);
    expect(done.at(-1)).toMatchObject({ data: { unverified: true } });
  });

  it('needs no more than the last one', () => {
    expect(types(tell([], [on(5, 'succeeded')]))).toEqual(WHOLE);
    expect(types(tell([], [on(5, 'failed')]))).toEqual([
      'DeploymentRequested',
      'DeploymentStarted',
      'DeploymentFailed',
    ]);
  });

  it('that was canceled before it ran is canceled, and failed afterwards', () => {
    expect(types(tell([], [on(5, 'canceled')]))).toEqual(['DeploymentRequested', 'DeploymentCanceled']);
    expect(types(tell([], [on(1, 'running'), on(5, 'canceled')]))).toEqual([
      'DeploymentRequested',
      'DeploymentStarted',
      'DeploymentFailed',
    ]);
  });

  it('stays at its first end when the tool contradicts itself', () => {
    expect(types(tell(tell([], [on(5, 'succeeded')]), [on(5, 'succeeded'), on(6, 'failed')]))).toEqual(WHOLE);
    expect(types(tell(tell([], [on(5, 'succeeded')]), [on(5, 'succeeded'), on(9, 'inactive')]))).toEqual(WHOLE);
  });

  it('ends the same, whatever the order and the number of times in which it is told', () => {
    const all = [on(0, 'queued'), on(1, 'waiting'), on(2, 'running'), on(9, 'succeeded')];
    fc.assert(
      fc.property(
        fc.array(fc.subarray(all), { maxLength: 6 }),
        fc.shuffledSubarray(all, { minLength: 4 }),
        (told, last) => {
          const events = [...told, last].reduce(tell, []);
          expect(types(events)).toEqual(WHOLE);
        },
      ),
    );
  });
});
