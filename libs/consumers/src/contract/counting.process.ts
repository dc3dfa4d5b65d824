import type { Message, Recorded } from '@slipway/event-sourcing';
import type { AnyProcess } from '../subscription.ts';

type State = Readonly<{ held: number }>;

/** An instance a release: counts, sends at the second, sets a timer at a resume, calls it off at a cancelation. */
export const counting = (name: string, own: ReadonlySet<string>): AnyProcess => ({
  name,
  events: ['ReleaseHeld', 'ReleaseResumed', 'ReleaseCanceled'],
  instance: event => (own.has(event.stream) ? event.stream : undefined), // the log has what other tests wrote, too
  initialState: { held: 0 },
  evolve: (state, { type }) => (type === 'ReleaseHeld' ? { held: (state as State).held + 1 } : state),
  react: (event, state) => reaction(event, state as State),
});

const reaction = (event: Recorded, { held }: State): ReturnType<AnyProcess['react']> => {
  const to = event.stream;
  if (event.type === 'ReleaseResumed')
    return [{ schedule: { type: 'Remind', data: { held } }, to, at: dueAt(event), name: 'reminder' }];
  if (event.type === 'ReleaseCanceled') return [{ cancel: 'reminder', to }];
  return held === 2 ? [{ send: { type: 'CloseRelease', data: { held } }, to }] : [{ ignore: 'not yet' }];
};

const dueAt = ({ data }: Message): string => (data as { due?: string }).due ?? '2030-01-01T00:00:00Z';
