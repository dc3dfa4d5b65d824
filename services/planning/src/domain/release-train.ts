import { canonical } from '@slipway/canonical';
import type { Cadence, OwnEvent, ReleaseTrainEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamped } from '@slipway/event-sourcing';

export type PlanReleaseTrain = Message<
  'PlanReleaseTrain',
  { title: string; owner: string; description?: string; cadence: Cadence }
>;
export type ChangeCadence = Message<'ChangeCadence', { cadence: Cadence; reason?: string }>;
export type RetireReleaseTrain = Message<'RetireReleaseTrain', { reason: string }>;
export type TrainCommand = PlanReleaseTrain | ChangeCadence | RetireReleaseTrain;

export type Train = Readonly<{ status: 'None' | 'Retired' }> | Readonly<{ status: 'Running'; cadence: Cadence }>;
export type TrainStatus = Train['status'];
export type TrainRefusal = 'already-planned' | 'not-planned' | 'train-retired';

type TrainDecision = Decision<ReleaseTrainEvent, TrainRefusal>;

/** Every move of a train: state -> command -> where it leads. What is not here is refused. */
export const trainMoves: Readonly<Record<TrainStatus, Partial<Record<TrainCommand['type'], TrainStatus>>>> = {
  None: { PlanReleaseTrain: 'Running' },
  Running: { ChangeCadence: 'Running', RetireReleaseTrain: 'Retired' },
  // Said twice, it is already so.
  Retired: { RetireReleaseTrain: 'Retired' },
};

const refusalOf = (command: TrainCommand['type'], status: TrainStatus): TrainDecision => {
  if (command === 'PlanReleaseTrain') return reject('already-planned', 'This train was planned before.');
  if (status === 'None') return reject('not-planned', 'There is no such train.');
  return reject('train-retired', 'This train departs no more.');
};

const decide = (command: Stamped<TrainCommand>, train: Train): TrainDecision => {
  if (!trainMoves[train.status][command.type]) return refusalOf(command.type, train.status);
  const { stamp } = command;
  switch (command.type) {
    case 'PlanReleaseTrain':
      return [{ type: 'ReleaseTrainPlanned', data: { ...stamp, ...command.data } }];
    case 'ChangeCadence':
      return train.status === 'Running' && canonical(train.cadence) === canonical(command.data.cadence)
        ? []
        : [{ type: 'ReleaseTrainCadenceChanged', data: { ...stamp, ...command.data } }];
    case 'RetireReleaseTrain':
      return train.status === 'Retired' ? [] : [{ type: 'ReleaseTrainRetired', data: { ...stamp, ...command.data } }];
  }
};

const evolve = (train: Train, event: ReleaseTrainEvent): Train => {
  const own = event as OwnEvent<ReleaseTrainEvent>;
  switch (own.type) {
    case 'ReleaseTrainPlanned':
    case 'ReleaseTrainCadenceChanged':
      return { status: 'Running', cadence: own.data.cadence };
    case 'ReleaseTrainRetired':
      return { status: 'Retired' };
    default:
      return train;
  }
};

export const releaseTrain: Decider<TrainCommand, ReleaseTrainEvent, Train, TrainRefusal> = {
  initialState: { status: 'None' },
  decide,
  evolve,
};
