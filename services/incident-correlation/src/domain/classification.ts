import { type Message, type Stamped } from '@slipway/event-sourcing';
import type { IncidentDecision, There } from './incident-state.ts';
import { whenInFuture } from './rules.ts';
import type { Severity } from './severity.ts';

/** A person judges how severe it is; `stamp.occurredAt` is when. */
export type Classify = Message<'Classify', Readonly<{ severity: Severity; reason: string }>>;
export type DeclareMajor = Message<'DeclareMajor', Readonly<{ reason: string }>>;
export type LiftMajor = Message<'LiftMajor', Readonly<{ reason: string }>>;
export type CorrectAwareness = Message<'CorrectAwareness', Readonly<{ awareAt: string; reason: string }>>;

export const classify = ({ data, stamp }: Stamped<Classify>, incident: There): IncidentDecision => {
  if (incident.isClassified && incident.severity === data.severity) return [];
  return whenInFuture(stamp.occurredAt, stamp) ?? [{ type: 'IncidentClassified', data: { ...stamp, ...data } }];
};

export const declareMajor = ({ data, stamp }: Stamped<DeclareMajor>, { major }: There): IncidentDecision =>
  major
    ? []
    : (whenInFuture(stamp.occurredAt, stamp) ?? [{ type: 'MajorIncidentDeclared', data: { ...stamp, ...data } }]);

export const liftMajor = ({ data, stamp }: Stamped<LiftMajor>, { major }: There): IncidentDecision =>
  major ? [{ type: 'MajorIncidentLifted', data: { ...stamp, ...data } }] : [];

export const correctAwareness = ({ data, stamp }: Stamped<CorrectAwareness>, { awareAt }: There): IncidentDecision =>
  awareAt === data.awareAt
    ? []
    : (whenInFuture(data.awareAt, stamp) ?? [{ type: 'AwarenessCorrected', data: { ...stamp, ...data } }]);
