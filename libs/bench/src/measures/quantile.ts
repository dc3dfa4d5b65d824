/** The value below which this share of the values lies, by nearest rank; NaN of none. `ascending` MUST be sorted. */
export const quantile = (ascending: readonly number[], share: number): number =>
  ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;

export type Spread = Readonly<{ count: number; p50: number; p99: number; max: number }>;

/** Rounded to two digits after the point. */
export const spreadOf = (values: readonly number[]): Spread => {
  const ascending = values.toSorted((a, b) => a - b);
  const at = (share: number): number => rounded(quantile(ascending, share));
  return { count: values.length, p50: at(0.5), p99: at(0.99), max: at(1) };
};

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
