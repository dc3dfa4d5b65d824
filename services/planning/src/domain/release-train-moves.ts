import { reject, type Rejection } from '@slipway/event-sourcing';
import type { Train, TrainCommand } from './release-train-commands.ts';

export type TrainStatus = Train['status'];
export type TrainCommandType = TrainCommand['type'];
export type TrainRefusal = 'already-planned' | 'not-planned' | 'train-retired';

/** Every move of a train: state -> command -> where it leads. What is not here is refused. */
export const trainMoves: Readonly<Record<TrainStatus, Partial<Record<TrainCommandType, readonly TrainStatus[]>>>> = {
  None: { PlanReleaseTrain: ['Running'] },
  Running: { ChangeCadence: ['Running'], RetireReleaseTrain: ['Retired'] },
  // Said twice, it is already so.
  Retired: { RetireReleaseTrain: ['Retired'] },
};

const DETAILS: Readonly<Record<TrainRefusal, string>> = {
  'already-planned': 'This train was planned before.',
  'not-planned': 'There is no such train.',
  'train-retired': 'This train departs no more.',
};

/** Nothing: the state knows this move. */
export const trainMoveRefusal = (
  command: TrainCommandType,
  status: TrainStatus,
): Rejection<TrainRefusal> | undefined => {
  if (trainMoves[status][command]) return undefined;
  const code = codeOf(command, status);
  return reject(code, DETAILS[code]);
};

const codeOf = (command: TrainCommandType, status: TrainStatus): TrainRefusal => {
  if (command === 'PlanReleaseTrain') return 'already-planned';
  return status === 'None' ? 'not-planned' : 'train-retired';
};
