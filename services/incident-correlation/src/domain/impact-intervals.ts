/** From when users were affected to when service was restored; open while it is not. */
export type Interval = Readonly<{ startedAt: string; endedAt?: string }>;

export const startedAt = (impact: readonly Interval[], instant: string): readonly Interval[] =>
  impact.map((each, index) => (index === 0 ? { ...each, startedAt: instant } : each));

export const restored = (impact: readonly Interval[], instant: string): readonly Interval[] =>
  impact.map((each, index) => (index === impact.length - 1 ? { endedAt: instant, ...each } : each));
