import { derivedId } from '@slipway/canonical';
import type { TargetEvent } from '@slipway/contracts';
import { type Decider, type Decision, reject, type Rejection, type Stamped } from '@slipway/event-sourcing';
import { standingOf, staysAsItIs } from './target-moves.ts';
import type { TargetCommand, TargetState } from './target-state.ts';

export type TargetRejection = 'target-occupied' | 'base-changed';

export const targetStream = (serviceId: string, environmentId: string): string =>
  `target-${derivedId('target', serviceId, environmentId)}`;

type Decided = Decision<TargetEvent, TargetRejection>;

const decide = ({ type, data, stamp }: Stamped<TargetCommand>, state: TargetState): Decided => {
  const { deploymentId, serviceId, environmentId } = data;
  const at = { deploymentId, serviceId, environmentId, ...stamp };
  const standing = standingOf(state, deploymentId);
  if (staysAsItIs(standing, type)) return [];
  switch (type) {
    case 'OccupyTarget':
      return (
        whyNot(data, state) ?? [
          { type: 'TargetOccupied', data: { ...at, ...(data.preempts !== undefined && { preempts: data.preempts }) } },
        ]
      );
    case 'ObserveOccupied':
      return [{ type: 'TargetOccupied', data: at }];
    case 'ReleaseTarget':
    case 'ObserveReleased':
      return standing !== 'held' && !data.live
        ? []
        : [{ type: 'TargetReleased', data: { ...at, ...(data.live && { live: data.live }) } }];
  }
};

const whyNot = (
  { preempts, baseDigests }: Extract<TargetCommand, { type: 'OccupyTarget' }>['data'],
  { occupant, live }: TargetState,
): Rejection<TargetRejection> | undefined => {
  if (occupant !== undefined && occupant !== preempts)
    return reject('target-occupied', `Deployment ${occupant} runs on this target.`);
  return baseDigests && !isSame(baseDigests, live)
    ? reject('base-changed', `Live there is ${live.join(', ') || 'nothing'} by now: not what it was requested on.`)
    : undefined;
};

const isSame = (these: readonly string[], those: readonly string[]): boolean =>
  new Set(these).size === new Set(those).size && those.every(digest => these.includes(digest));

const evolve = ({ occupant, settled, live }: TargetState, { type, data }: TargetEvent): TargetState => {
  const { deploymentId } = data;
  if (type === 'TargetOccupied')
    return {
      live,
      occupant: deploymentId,
      settled: data.preempts === undefined ? settled : [...settled, data.preempts],
    };
  return {
    ...(occupant !== undefined && occupant !== deploymentId && { occupant }),
    settled: [...settled, deploymentId],
    live: data.live?.digests ?? live,
  };
};

export const target: Decider<TargetCommand, TargetEvent, TargetState, TargetRejection> = {
  initialState: { settled: [], live: [] },
  decide,
  evolve,
};
