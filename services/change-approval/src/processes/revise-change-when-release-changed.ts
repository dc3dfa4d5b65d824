import type { ChangeEvent, ReleaseEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Process, type Recorded } from '@slipway/event-sourcing';
import { changeOfRelease } from './change-of-release.ts';
import type { FollowRelease } from './raise-change-when-release-scheduled.ts';

type Changed = Extract<
  ReleaseEvent,
  {
    type:
      | 'ReleaseScheduled'
      | 'ReleaseRescheduled'
      | 'ArtifactAttached'
      | 'ArtifactDetached'
      | 'ScopeItemAdded'
      | 'ScopeItemRemoved'
      | 'ScopeItemsChanged'
      | 'RollbackPlanRegistered';
  }
>;
type Raised = Extract<ChangeEvent, { type: 'ChangeRaised' }>;
type State = Readonly<{ scheduled: boolean; changes: readonly string[] }>;

const releaseOf = (event: Recorded<Changed | Raised>): string | undefined =>
  event.type === 'ChangeRaised' ? event.data.releaseIds[0] : idOf(event.stream);

const follow = (releaseId: string, to: string): Instruction<FollowRelease> => ({
  send: { type: 'FollowRelease', data: { releaseId } },
  to,
});

const react = (
  event: Recorded<Changed | Raised>,
  { scheduled, changes }: State,
): readonly Instruction<FollowRelease>[] => {
  const releaseId = releaseOf(event);
  if (releaseId === undefined || !scheduled) return [{ ignore: 'a draft has no change' }];
  // A change that was raised by hand may have missed what came before we heard of it.
  if (event.type === 'ChangeRaised') return [follow(releaseId, event.stream)];
  if (event.type === 'ReleaseScheduled') return [{ ignore: 'its change is raised' }];
  return [...new Set([changeOfRelease(releaseId), ...changes])].map(change => follow(releaseId, change));
};

export const reviseChangeWhenReleaseChanged: Process<Changed | Raised, FollowRelease, State> = {
  name: 'revise-change-when-release-changed',
  events: [
    'ReleaseScheduled',
    'ReleaseRescheduled',
    'ArtifactAttached',
    'ArtifactDetached',
    'ScopeItemAdded',
    'ScopeItemRemoved',
    'ScopeItemsChanged',
    'RollbackPlanRegistered',
    'ChangeRaised',
  ],
  instance: releaseOf,
  initialState: { scheduled: false, changes: [] },
  evolve: (state, event) => {
    if (event.type === 'ChangeRaised') return { ...state, changes: [...state.changes, event.stream] };
    return event.type === 'ReleaseScheduled' ? { ...state, scheduled: true } : state;
  },
  react,
};
