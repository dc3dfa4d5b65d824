import type { TargetCommand, TargetState } from './target-state.ts';

/**
 * How a target stands to the deployment that asks: nobody runs there, it does, or another one. `left` and `lost`: it has
 * run there, or was pre-empted, and nobody or another one runs there now.
 */
export type Standing = 'free' | 'held' | 'taken' | 'left' | 'lost';
type CommandType = TargetCommand['type'];

/**
 * Every move of a target: standing -> command -> how it may stand afterwards. Where another one runs, only its rollback
 * gets in: the rules of a command may refuse it still.
 */
export const targetMoves: Readonly<Record<Standing, Readonly<Record<CommandType, readonly Standing[]>>>> = {
  free: {
    OccupyTarget: ['held'],
    ReleaseTarget: ['free'],
    ObserveOccupied: ['held'],
    // It says what is live without having held the lock, or leaves no trace.
    ObserveReleased: ['left', 'free'],
  },
  held: {
    OccupyTarget: ['held'],
    ReleaseTarget: ['left'],
    ObserveOccupied: ['held'],
    ObserveReleased: ['left'],
  },
  taken: {
    OccupyTarget: ['held'],
    ReleaseTarget: ['taken'],
    ObserveOccupied: ['taken'],
    ObserveReleased: ['lost', 'taken'],
  },
  left: {
    OccupyTarget: ['held'],
    ReleaseTarget: ['left'],
    ObserveOccupied: ['left'],
    ObserveReleased: ['left'],
  },
  lost: {
    OccupyTarget: ['held'],
    ReleaseTarget: ['lost'],
    ObserveOccupied: ['lost'],
    ObserveReleased: ['lost'],
  },
};

export const standingOf = ({ occupant, settled }: TargetState, deploymentId: string): Standing => {
  if (occupant === deploymentId) return 'held';
  if (settled.includes(deploymentId)) return occupant === undefined ? 'left' : 'lost';
  return occupant === undefined ? 'free' : 'taken';
};

/** Whether a command changes nothing: it is already so, or comes too late. */
export const staysAsItIs = (standing: Standing, command: CommandType): boolean =>
  targetMoves[standing][command].every(next => next === standing);
