import { byHand, type Told } from './story.ts';
import type { Reply } from './teller.ts';

type Figure = Readonly<{
  series: string;
  value: number | null;
  numerator: number;
  denominator: number;
  median?: number;
}>;

/** What a report says otherwise than the story worked out by hand; nothing when they agree. */
export const difference = (reports: Told['reports']): readonly string[] => {
  const { together, productcatalogservice, checkoutservice } = reports;
  return [
    ...Object.entries({ together, productcatalogservice, checkoutservice }).flatMap(([name, report]) => {
      const of = name as keyof Told['reports'];
      return [
        compared(`${name}: rollouts`, byHand.rollouts[of], figure(report, 'deployment-frequency')?.numerator),
        compared(`${name}: change fail rate`, byHand.changeFailRate[of], figure(report, 'change-fail-rate')?.value),
      ];
    }),
    compared('median lead time in minutes', byHand.medianLeadTimeMinutes, minutes(together, 'lead-time')),
    compared('time to restore in minutes', byHand.timeToRestoreMinutes, minutes(together, 'mttr', 'release-related')),
    compared(
      'recovery from the start of impact in minutes',
      byHand.recoveryFromImpactMinutes,
      minutes(together, 'failed-deployment-recovery-time', 'from-impact-start'),
    ),
    compared(
      'recovery from the finish of the deployment in minutes',
      byHand.recoveryFromFinishMinutes,
      minutes(together, 'failed-deployment-recovery-time', 'from-deployment-finish'),
    ),
  ].flat();
};

const compared = (what: string, expected: number, is: number | null | undefined): readonly string[] =>
  is === expected ? [] : [`${what}: by hand ${expected}, reported ${is}`];

const figure = (report: Reply['body'], measure: string, series?: string): Figure | undefined =>
  (report['measures'] as readonly { measure: string; figures: readonly Figure[] }[])
    .find(each => each.measure === measure)
    ?.figures.find(each => series === undefined || each.series === series);

const minutes = (report: Reply['body'], measure: string, series?: string): number | undefined => {
  const value = figure(report, measure, series)?.value;
  return typeof value === 'number' ? value / 60 : undefined;
};
