import type { ChangeEvent } from '@slipway/contracts';
import { idOf, type Message, type Process } from '@slipway/event-sourcing';

type Windowed = Extract<ChangeEvent, { type: 'ChangeScheduled' | 'ChangeMoved' | 'ChangeRevised' | 'ChangeCanceled' }>;
type EndWindow = Message<'EndWindow', Record<never, never>>;

/** The timer moves with the window. */
export const reviewChangeWhenWindowOver: Process<Windowed, EndWindow, null> = {
  name: 'review-change-when-window-over',
  events: ['ChangeScheduled', 'ChangeMoved', 'ChangeRevised', 'ChangeCanceled'],
  instance: ({ stream }) => idOf(stream),
  initialState: null,
  evolve: () => null,
  react: event =>
    event.type === 'ChangeRevised' || event.type === 'ChangeCanceled'
      ? [{ cancel: 'EndWindow', to: event.stream }]
      : [{ schedule: { type: 'EndWindow', data: {} }, to: event.stream, at: event.data.window.end }],
};
