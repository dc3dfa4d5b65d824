/** The value below which this share of the values lies, interpolated linearly between neighbors: of two, the median is their mean. */
export const quantile = (values: readonly number[], share: number): number | null => {
  const sorted = ascending(values);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  return below === undefined || above === undefined ? null : below + (above - below) * (place - Math.floor(place));
};

export const median = (values: readonly number[]): number | null => quantile(values, 0.5);

export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sum(values) / values.length;

// Sorted first: sums of fractions depend on their order, and a figure must not.
export const sum = (values: readonly number[]): number => ascending(values).reduce((total, value) => total + value, 0);

export const ascending = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);
