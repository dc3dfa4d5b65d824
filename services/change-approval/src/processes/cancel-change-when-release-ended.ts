import type { ChangeEvent, ReleaseEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Message, type Process, type Recorded } from '@slipway/event-sourcing';
import { changeOfRelease } from './change-of-release.ts';

type Ended = Extract<ReleaseEvent, { type: 'ReleaseCanceled' | 'ReleaseWithdrawn' }>;
type Raised = Extract<ChangeEvent, { type: 'ChangeRaised' }>;
/** The reason is not in it: it is sealed for the stream that keeps it. */
export type EndForRelease = Message<'EndForRelease', { releaseId: string; ended: 'canceled' | 'withdrawn' }>;
type State = Readonly<{ ended?: 'canceled' | 'withdrawn'; changes: readonly string[] }>;

const releaseOf = (event: Recorded<Ended | Raised>): string | undefined =>
  event.type === 'ChangeRaised' ? event.data.releaseIds[0] : idOf(event.stream);

const react = (event: Recorded<Ended | Raised>, { ended, changes }: State): readonly Instruction<EndForRelease>[] => {
  const releaseId = releaseOf(event);
  if (releaseId === undefined || !ended) return [{ ignore: 'the release goes on' }];
  const streams =
    event.type === 'ChangeRaised' ? [event.stream] : [...new Set([changeOfRelease(releaseId), ...changes])];
  return streams.map(to => ({ send: { type: 'EndForRelease', data: { releaseId, ended } }, to }));
};

export const cancelChangeWhenReleaseEnded: Process<Ended | Raised, EndForRelease, State> = {
  name: 'cancel-change-when-release-ended',
  events: ['ReleaseCanceled', 'ReleaseWithdrawn', 'ChangeRaised'],
  instance: releaseOf,
  initialState: { changes: [] },
  evolve: (state, event) =>
    event.type === 'ChangeRaised'
      ? { ...state, changes: [...state.changes, event.stream] }
      : { ...state, ended: event.type === 'ReleaseCanceled' ? 'canceled' : 'withdrawn' },
  react,
};
