import type { AlertEvent } from '@slipway/contracts';
import type { Process } from '@slipway/event-sourcing';
import type { MatchAlert } from '../domain/alert.ts';

type AlertReported = Extract<AlertEvent, { type: 'AlertReported' }>;

/** Each status anew, so that an alert that matched nothing is matched once the catalog knows its labels. */
export const matchAlertWhenReported: Process<AlertReported, MatchAlert, null> = {
  name: 'match-alert-when-reported',
  events: ['AlertReported'],
  instance: ({ stream }) => stream,
  initialState: null,
  evolve: state => state,
  react: ({ stream }) => [{ send: { type: 'MatchAlert', data: {} }, to: stream }],
};
