import type { ReleaseEvent } from '@slipway/contracts';
import { idOf, type Message, type Process } from '@slipway/event-sourcing';
import { changeOfRelease } from './change-of-release.ts';

type Scheduled = Extract<ReleaseEvent, { type: 'ReleaseScheduled' }>;

/** Raises or revises a change by what the release is when this is carried out, so that late ones do no harm. */
export type FollowRelease = Message<'FollowRelease', { releaseId: string }>;

export const raiseChangeWhenReleaseScheduled: Process<Scheduled, FollowRelease, null> = {
  name: 'raise-change-when-release-scheduled',
  events: ['ReleaseScheduled'],
  instance: ({ stream }) => idOf(stream),
  initialState: null,
  evolve: () => null,
  react: ({ stream }) => {
    const releaseId = idOf(stream);
    return [{ send: { type: 'FollowRelease', data: { releaseId } }, to: changeOfRelease(releaseId) }];
  },
};
