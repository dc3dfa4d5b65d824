import type { TargetEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

type Live = NonNullable<Extract<TargetEvent, { type: 'TargetReleased' }>['data']['live']>;

/** Who holds the lock, and what was live there, the last one now. */
export type TargetView = Readonly<{ occupant?: string; lives: readonly Live[] }>;

export const noTarget: TargetView = { lives: [] };

export const targetView = (view: TargetView, { type, data }: Recorded<TargetEvent>): TargetView => {
  if (type === 'TargetOccupied') return { ...view, occupant: data.deploymentId };
  const { occupant, lives } = view;
  return {
    ...(occupant !== data.deploymentId && occupant !== undefined && { occupant }),
    lives: data.live ? [...lives, data.live] : lives,
  };
};

export type Before = Readonly<{ live: Live }> | Readonly<{ none: 'superseded' | 'nothing' }>;

/** The content live just before a deployment; `superseded`: neither is it live, nor does it hold the lock. */
export const liveBefore = ({ occupant, lives }: TargetView, deploymentId: string): Before => {
  const at = lives.findLastIndex(live => live.deploymentId === deploymentId);
  if (at < 0 && occupant !== deploymentId) return { none: 'superseded' };
  if (at >= 0 && at < lives.length - 1) return { none: 'superseded' };
  const live = lives.at(at < 0 ? -1 : at - 1);
  return live && at !== 0 ? { live } : { none: 'nothing' };
};
