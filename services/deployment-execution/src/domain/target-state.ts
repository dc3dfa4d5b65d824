import type { Message } from '@slipway/event-sourcing';

export type Live = Readonly<{ deploymentId: string; digests: readonly string[]; version?: string }>;
type At = Readonly<{ deploymentId: string; serviceId: string; environmentId: string }>;

export type TargetCommand =
  /** `preempts`: of a rollback, the deployment it undoes. `baseDigests`: what must be live. */
  | Message<'OccupyTarget', At & Readonly<{ preempts?: string; baseDigests?: readonly string[] }>>
  /** `live`: what runs there from now on; absent: what ran before still does. */
  | Message<'ReleaseTarget', At & Readonly<{ live?: Live }>>
  /** An observed run asks nobody: it takes the lock when that is free, and settles with or without it. */
  | Message<'ObserveOccupied', At>
  | Message<'ObserveReleased', At & Readonly<{ live?: Live }>>;

/** `settled`: whoever let go or was pre-empted once neither takes the lock again nor says what is live. */
export type TargetState = Readonly<{ occupant?: string; settled: readonly string[]; live: readonly string[] }>;
