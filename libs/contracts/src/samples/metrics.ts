import type { SamplesOf } from '../contract.ts';
import type { reportingPeriod } from '../metrics.ts';

export const reportingPeriodSamples: SamplesOf<typeof reportingPeriod> = {
  ReportingPeriodClosed: {
    period: '2026-03',
    zone: 'Europe/Berlin',
    from: '2026-02-28T23:00:00.000Z',
    to: '2026-03-31T22:00:00.000Z',
    provisionalDays: 14,
  },
  FiguresRestated: {
    period: '2026-03',
    correction: { kind: 'request', id: '0198c1a0-5000-7000-8000-000000000001' },
    from: 4_711,
    through: 4_712,
    causes: [
      {
        stream: 'incident-0198c1a0-6000-7000-8000-000000000001',
        version: 7,
        type: 'CauseWithdrawn',
        position: 4_712,
      },
    ],
    causeCount: 1,
    figures: [
      {
        serviceId: '1f7d6f0e-3c52-8a41-9d0b-6f2f6c1f0a11',
        measure: 'change-fail-rate',
        series: 'change-fail-rate',
        definition: 'first/2',
        before: { value: 0.25, numerator: 1, denominator: 4, counted: 4 },
        after: { value: 0, numerator: 0, denominator: 4, counted: 4 },
      },
    ],
    figureCount: 1,
  },
};
