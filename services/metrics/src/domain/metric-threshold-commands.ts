import type { MetricThresholdEvent } from '@slipway/contracts';
import type { Message, Stamp } from '@slipway/event-sourcing';

type Facts<Type extends MetricThresholdEvent['type']> = Omit<
  Extract<MetricThresholdEvent, { type: Type }>['data'],
  keyof Stamp
>;

export type Judged = Facts<'ThresholdCrossed'>;
/** Null: there was nothing to measure. */
export type Figure = Omit<Judged['figure'], 'value'> & Readonly<{ value: number | null }>;

export type SetThreshold = Message<'SetThreshold', Omit<Facts<'ThresholdSet'>, 'revision'>>;
export type ReviseThreshold = Message<'ReviseThreshold', Omit<Facts<'ThresholdRevised'>, 'revision'>>;
export type RetireThreshold = Message<'RetireThreshold', { reason?: string }>;
/** By Slipway: the figure as it was known at a position, by the terms of one revision. */
export type JudgeThreshold = Message<
  'JudgeThreshold',
  Pick<Judged, 'revision' | 'serviceIds' | 'over' | 'causes'> & { figure: Figure }
>;
export type ThresholdCommand = SetThreshold | ReviseThreshold | RetireThreshold | JudgeThreshold;
