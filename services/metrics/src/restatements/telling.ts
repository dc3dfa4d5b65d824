import type { ReportingPeriodEvent } from '@slipway/contracts';
import { fold, isRejection } from '@slipway/event-sourcing';
import { askedByProcess, type Service } from '@slipway/service';
import { type RestateFigures, reportingPeriod } from '../domain/reporting-period.ts';
import type { Restatement } from './restating.ts';

/** More of them do not fit into one event: the others are found by asking as of the two positions. */
const MOST_FIGURES = 300;
const MOST_CAUSES = 100;

export const streamOf = (period: string): string => `reportingPeriod-${period}`;

/** Up to which position what changed the figures of a closed period is told: asked of its stream, which is never behind. */
export const toldUpTo = async (service: Service, period: string): Promise<number> => {
  const { events } = await service.store.read(streamOf(period));
  const state = fold(reportingPeriod, events as readonly ReportingPeriodEvent[]);
  return state.status === 'closed' ? state.through : 0;
};

/** Appends what a correction did to a closed period. Told before, it is not told again. */
export const tellRestatement = async (service: Service, restatement: Restatement): Promise<void> => {
  const stream = streamOf(restatement.period);
  const command = commandOf(restatement);
  const key = `${restatement.period} ${command.data.through}`;
  const asked = askedByProcess('restate-closed-figures', stream, key);
  const outcome = await service.attempt(asked, { stream, command });
  if (isRejection(outcome) && outcome.rejected !== 'already-restated')
    throw new Error(`${restatement.period} could not be restated: ${outcome.reason}`);
};

const commandOf = ({ period, stretch, causes, figures }: Restatement): RestateFigures => ({
  type: 'RestateFigures',
  data: {
    period,
    correction: stretch.correction,
    from: stretch.from,
    through: stretch.through,
    causes: causes
      .slice(0, MOST_CAUSES)
      .map(({ stream, version, type, position }) => ({ stream, version, type, position })),
    causeCount: causes.length,
    figures: figures.slice(0, MOST_FIGURES),
    figureCount: figures.length,
  },
});
