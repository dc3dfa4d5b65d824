export type Interval = Readonly<{ startedAt: string; endedAt?: string }>;
type Impact = readonly Interval[];

/** The last interval ends, unless it did before. */
export const restored = (impact: Impact, endedAt: string): Impact =>
  impact.map((each, index) => (index === impact.length - 1 ? { endedAt, ...each } : each));

/** What is not said of an interval stays as it is. */
export const corrected = (impact: Impact, index: number, interval: Interval): Impact =>
  impact.map((each, at) => (at === index ? { ...each, ...interval } : each));
