import type { Stamped } from '@slipway/event-sourcing';
import type { Classify, CorrectAwareness, DeclareMajor, LiftMajor } from './incident-commands.ts';
import type { IncidentDecision } from './incident-refusals.ts';
import type { There } from './incident-state.ts';
import { whenInFuture } from './rules.ts';

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
