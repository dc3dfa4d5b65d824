import type { AlertEvent, ServiceEvent } from '@slipway/contracts';
import type { Instruction, Process, Recorded } from '@slipway/event-sourcing';
import type { MatchAlert } from '../domain/alert.ts';
import { type AlertLabels, isAbout } from '../domain/matching.ts';

type Event = Extract<AlertEvent, { type: 'AlertReported' | 'AlertMatched' }> | ServiceEvent;
/** The labels of alerts that belong nowhere yet, by stream, the oldest first. */
type State = Readonly<{ waiting: Readonly<Record<string, AlertLabels>> }>;

/** The state must not grow for ever: of more than these the oldest are left to people, who see them in the list. */
export const MOST_WAITING = 1_000;

const evolve = ({ waiting }: State, { type, stream, data }: Recorded<Event>): State => {
  if (type === 'AlertReported') return { waiting: latest({ ...waiting, [stream]: data.labels }) };
  if (type !== 'AlertMatched' || !(stream in waiting)) return { waiting };
  const { [stream]: _, ...others } = waiting;
  return { waiting: others };
};

const latest = (waiting: State['waiting']): State['waiting'] => {
  const streams = Object.keys(waiting);
  if (streams.length <= MOST_WAITING) return waiting;
  return Object.fromEntries(Object.entries(waiting).slice(streams.length - MOST_WAITING));
};

const react = ({ type, data }: Recorded<Event>, { waiting }: State): readonly Instruction<MatchAlert>[] => {
  if (type !== 'ServiceRegistered' && type !== 'ServiceUpdated') return [];
  return Object.entries(waiting)
    .filter(([, labels]) => isAbout(labels, data))
    .map(([to]) => ({ send: { type: 'MatchAlert', data: {} }, to }));
};

/**
 * A service that gets another alias or alert label may be the one that waiting alerts are about. A service names no alert,
 * so all of them share one instance.
 */
export const matchAlertsWhenCatalogLearns: Process<Event, MatchAlert, State> = {
  name: 'match-alerts-when-catalog-learns',
  events: ['AlertReported', 'AlertMatched', 'ServiceRegistered', 'ServiceUpdated'],
  instance: () => 'waiting',
  initialState: { waiting: {} },
  evolve,
  react,
};
