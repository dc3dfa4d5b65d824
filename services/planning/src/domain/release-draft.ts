import type { ReleaseEvent } from '@slipway/contracts';
import type { Stamped } from '@slipway/event-sourcing';
import type { CopyRelease, DraftRelease } from './release-commands.ts';
import { itemsChanged } from './release-scope.ts';

export const draft = ({ data, stamp }: Stamped<DraftRelease>): readonly ReleaseEvent[] => [
  { type: 'ReleaseDrafted', data: { ...stamp, ...data } },
];

export const copy = ({ data, stamp }: Stamped<CopyRelease>): readonly ReleaseEvent[] => [
  { type: 'ReleaseDrafted', data: { ...stamp, ...data.draft } },
  { type: 'ReleaseCopied', data: { ...stamp, fromReleaseId: data.fromReleaseId, targets: data.targets } },
  ...itemsChanged(stamp, data.scope, []),
  ...given(data.rollbackPlan, plan => ({ type: 'RollbackPlanRegistered', data: { ...stamp, plan } })),
  ...data.phases.map((phase): ReleaseEvent => ({ type: 'PhasePlanned', data: { ...stamp, ...phase } })),
  ...given(data.criteria, criteria => ({ type: 'SuccessCriteriaDeclared', data: { ...stamp, criteria } })),
  ...given(data.manager, manager => ({ type: 'ReleaseManagerNamed', data: { ...stamp, manager } })),
  ...given(data.raci, raci => ({ type: 'ReleaseRaciStated', data: { ...stamp, ...raci } })),
];

const given = <Value>(value: Value | undefined, eventOf: (value: Value) => ReleaseEvent): readonly ReleaseEvent[] =>
  value === undefined ? [] : [eventOf(value)];
