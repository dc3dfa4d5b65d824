import type { Cadence } from '@slipway/contracts';
import type { Message } from '@slipway/event-sourcing';

export type PlanReleaseTrain = Message<
  'PlanReleaseTrain',
  { title: string; owner: string; description?: string; cadence: Cadence }
>;
export type ChangeCadence = Message<'ChangeCadence', { cadence: Cadence; reason?: string }>;
export type RetireReleaseTrain = Message<'RetireReleaseTrain', { reason: string }>;
export type TrainCommand = PlanReleaseTrain | ChangeCadence | RetireReleaseTrain;

export type Train = Readonly<{ status: 'None' | 'Retired' }> | Readonly<{ status: 'Running'; cadence: Cadence }>;
