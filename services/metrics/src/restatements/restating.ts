import type { RestatedFigure } from '@slipway/contracts';
import type { Measured } from '../report/delivery-report.ts';
import { changedFigures } from './changed-figures.ts';
import { servicesIn, type Stretch, stretchesOf, type Touch } from './corrections.ts';

/** The figures of a service in a period as the log knew them at a position. */
export type AsOf = (serviceId: string, position: number) => Promise<readonly Measured[]>;

/** What one correction did to one closed period. */
export type Restatement = Readonly<{
  period: string;
  stretch: Stretch;
  /** Those of its touches that changed a figure's service. */
  causes: readonly Touch[];
  figures: readonly RestatedFigure[];
}>;

type Closed = Readonly<{
  period: string;
  /** Up to which position all that changed its figures is told: of its closing, or of the last restatement. */
  told: number;
  /** Every event that may have changed them, in the order of the log. */
  touches: readonly Touch[];
}>;

/**
 * Which correction changed which figures of a closed period: the log is gone through from one correction to the next, and
 * after each of them the figures of the services that it touches are compared with what they were.
 */
export const restatementsOf = async (
  { period, told, touches }: Closed,
  asOf: AsOf,
): Promise<readonly Restatement[]> => {
  const later = touches.filter(({ position }) => position > told);
  const known = new Map<string, readonly Measured[]>();
  const found: Restatement[] = [];
  for (const stretch of stretchesOf(later)) {
    const figures: RestatedFigure[] = [];
    for (const serviceId of servicesIn(stretch)) {
      const before = known.get(serviceId) ?? (await asOf(serviceId, told));
      const after = await asOf(serviceId, stretch.through);
      known.set(serviceId, after);
      figures.push(...changedFigures(serviceId, before, after));
    }
    if (figures.length > 0) found.push({ period, stretch, causes: causesIn(stretch, figures), figures });
  }
  return found;
};

const causesIn = ({ touches }: Stretch, figures: readonly RestatedFigure[]): readonly Touch[] => {
  const changed = new Set(figures.map(({ serviceId }) => serviceId));
  const causes = touches.filter(({ serviceId }) => changed.has(serviceId));
  return [...new Map(causes.map(touch => [touch.position, touch])).values()];
};
