import { isOwn, type MetricThresholdEvent, type ThresholdTerms, thresholdTermsIn } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';

type Data<Type extends MetricThresholdEvent['type']> = Extract<MetricThresholdEvent, { type: Type }>['data'];
type Verdict = Readonly<{ state: 'Crossed' | 'Watching'; at: string }> &
  Omit<Data<'ThresholdCrossed'>, keyof Stamp | 'about' | 'serviceIds'>;

export type ThresholdState = 'Watching' | 'Crossed' | 'Retired';

export type ThresholdView = ThresholdTerms &
  Readonly<{
    title: string;
    owner: string;
    description?: string;
    state: ThresholdState;
    /** Of the terms. */
    revision: number;
    /** Why it was revised the last time, or retired. */
    reason?: string;
    /** The last verdict that was told, with the figure and the terms that it was by. */
    verdict?: Verdict;
    setAt: string;
    updatedAt: string;
  }>;

export const thresholdView = (
  view: ThresholdView | undefined,
  event: Recorded<MetricThresholdEvent>,
): ThresholdView | undefined => {
  if (event.type === 'ThresholdSet') return setBy(event.data);
  if (!view) return undefined;
  const updated = { ...view, updatedAt: event.data.recordedAt };
  if (!isOwn(event)) return updated;
  switch (event.type) {
    case 'ThresholdRevised': {
      const { reason: _, ...before } = updated;
      const { revision, reason } = event.data;
      return { ...before, ...thresholdTermsIn(event.data), revision, ...(reason && { reason }) };
    }
    case 'ThresholdCrossed':
    case 'ThresholdRecovered': {
      const state = stateAfter(event);
      return { ...updated, state, serviceIds: event.data.serviceIds, verdict: verdictIn(state, event.data) };
    }
    case 'ThresholdRetired':
      return { ...updated, state: 'Retired', ...(event.data.reason && { reason: event.data.reason }) };
  }
};

const setBy = (data: Data<'ThresholdSet'>): ThresholdView => ({
  title: data.title,
  owner: data.owner,
  ...(data.description && { description: data.description }),
  state: 'Watching',
  ...thresholdTermsIn(data),
  revision: data.revision,
  setAt: data.recordedAt,
  updatedAt: data.recordedAt,
});

const stateAfter = ({ type }: Readonly<{ type: 'ThresholdCrossed' | 'ThresholdRecovered' }>): Verdict['state'] =>
  type === 'ThresholdCrossed' ? 'Crossed' : 'Watching';

const verdictIn = (state: Verdict['state'], data: Data<'ThresholdCrossed'>): Verdict => {
  const { measure, series, statistic, condition, limit, revision, figure, over, causes, occurredAt: at } = data;
  return { state, at, measure, series, statistic, condition, limit, revision, figure, over, causes };
};

/** With labels, references, comments and files. */
export const thresholdRecord = describedView('metricThreshold', thresholdView);
