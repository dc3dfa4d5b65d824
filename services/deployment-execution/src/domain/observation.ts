import type { DeploymentEvent } from '@slipway/contracts';
import type { Stamp } from '@slipway/event-sourcing';
import { type Deployment, evolve } from './deployment-state.ts';

export type ObservedStatus = 'queued' | 'waiting' | 'running' | 'succeeded' | 'failed' | 'canceled' | 'inactive';

/** What a tool said about a run, and when it says that was. */
export type Observation = Readonly<{ status: ObservedStatus; occurredAt: string }>;

/**
 * The events that bring a deployment to where the tool says it is, in the order of the tool's own clock.
 * Statuses may come late, twice or not at all: success alone stands for everything before it, and the first end is the end.
 */
export const progressOf = (
  state: Deployment,
  observations: readonly Observation[],
  stamp: Stamp,
  reason: string,
): readonly DeploymentEvent[] => {
  const events: DeploymentEvent[] = [];
  let now = state;
  for (const { status, occurredAt } of observations.toSorted(byClock)) {
    const next = step(now, status, { ...stamp, occurredAt }, reason);
    now = next.reduce(evolve, now);
    events.push(...next);
  }
  return events;
};

// At the same instant, in the order in which a run goes: tools' clocks are coarse.
const ORDER: readonly ObservedStatus[] = [
  'queued',
  'waiting',
  'running',
  'succeeded',
  'failed',
  'canceled',
  'inactive',
];
const byClock = (a: Observation, b: Observation): number => {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  return ORDER.indexOf(a.status) - ORDER.indexOf(b.status);
};

const step = (state: Deployment, status: ObservedStatus, stamp: Stamp, reason: string): readonly DeploymentEvent[] => {
  if (state.status !== 'queued' && state.status !== 'running') return [];
  const started: readonly DeploymentEvent[] =
    state.status === 'queued' ? [{ type: 'DeploymentStarted', data: stamp }] : [];
  switch (status) {
    case 'running':
      return started;
    case 'succeeded':
      return [
        ...started,
        ...(state.about.tookTraffic ? [] : [{ type: 'TrafficTaken', data: stamp } as const]),
        { type: 'DeploymentFinished', data: stamp },
        { type: 'DeploymentSucceeded', data: { unverified: true, ...stamp } },
      ];
    case 'failed':
      return [...started, { type: 'DeploymentFailed', data: { reason, ...stamp } }];
    case 'canceled':
      return state.status === 'queued'
        ? [{ type: 'DeploymentCanceled', data: { reason, ...stamp } }]
        : [{ type: 'DeploymentFailed', data: { reason, ...stamp } }];
    case 'queued':
    case 'waiting':
    case 'inactive':
      return [];
  }
};
