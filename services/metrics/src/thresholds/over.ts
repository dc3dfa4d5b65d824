import type { ThresholdWindow } from '@slipway/contracts';
import type { Judged } from '../domain/metric-threshold-commands.ts';
import { NINE_TO_FIVE } from '../periods/business-time.ts';
import { dayAt, periodNamed } from '../periods/calendar.ts';
import { instant, type Period } from '../periods/period.ts';

const DAY = 86_400_000;
/** A window moves without any fact. */
const EVERY = 3_600_000;

type Over = Readonly<{
  period: Period;
  said: Judged['over'];
  /** When time alone may have made another figure of it. */
  next: number;
}>;

/** What a window is at a moment: milliseconds since 1970. */
export const overAt = (window: ThresholdWindow, at: number): Over => {
  const { zone } = window;
  const month = window.kind === 'calendar-month' ? monthAt(at, zone) : undefined;
  const { from, to } = month ?? { from: at - (window.kind === 'last-days' ? window.days : 0) * DAY, to: at };
  return {
    period: { from, to, now: at, zone, business: { zone, ...NINE_TO_FIVE } },
    said: { ...(month && { period: month.name }), from: instant(from), to: instant(at), zone },
    next: Math.min(at + EVERY, month?.to ?? Number.POSITIVE_INFINITY),
  };
};

const monthAt = (at: number, zone: string) => periodNamed(dayAt(at, zone).slice(0, 'yyyy-mm'.length), zone);
