import { canonical } from '@slipway/canonical';
import type { OwnEvent, ReleaseTrainEvent } from '@slipway/contracts';
import type { Decider, Decision, Stamped } from '@slipway/event-sourcing';
import type { Train, TrainCommand } from './release-train-commands.ts';
import { trainMoveRefusal, type TrainRefusal } from './release-train-moves.ts';

type TrainDecision = Decision<ReleaseTrainEvent, TrainRefusal>;

const decide = (command: Stamped<TrainCommand>, train: Train): TrainDecision => {
  const refusal = trainMoveRefusal(command.type, train.status);
  if (refusal) return refusal;
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
