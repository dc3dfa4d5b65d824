import { ascending, median } from './statistics.ts';

/** Where the true value lies with a confidence of 95 %, and by which method it is said. */
export type Interval = Readonly<{ low: number; high: number; method: string }>;

/** The 97.5th percentile of the standard normal distribution. */
export const Z = 1.959_963_984_540_054;

/**
 * Of a proportion. Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22 (1927), 209–212.
 */
export const wilson = (numerator: number, denominator: number): Interval | null => {
  if (denominator === 0) return null;
  const share = numerator / denominator;
  const center = share + Z ** 2 / (2 * denominator);
  const margin = Z * Math.sqrt((share * (1 - share)) / denominator + Z ** 2 / (4 * denominator ** 2));
  const scale = 1 + Z ** 2 / denominator;
  return {
    low: numerator === 0 ? 0 : Math.max(0, (center - margin) / scale),
    high: numerator === denominator ? 1 : Math.min(1, (center + margin) / scale),
    method: 'Wilson score',
  };
};

/**
 * Of a count per unit of time, by the score test of a Poisson rate. Source: C. R. Rao, "Large sample tests of statistical hypotheses
 * concerning several parameters", Proceedings of the Cambridge Philosophical Society 44 (1948), 50–57.
 */
export const poissonScore = (count: number, exposure: number): Interval | null => {
  if (exposure === 0) return null;
  const center = count + Z ** 2 / 2;
  const margin = Z * Math.sqrt(count + Z ** 2 / 4);
  return {
    low: count === 0 ? 0 : (center - margin) / exposure,
    high: (center + margin) / exposure,
    method: 'Poisson score',
  };
};

/**
 * Of a median, between two of the values themselves: those whose ranks are as near as the binomial distribution allows. Null below six
 * values, which say nothing with this confidence. Source: W. J. Conover, "Practical Nonparametric Statistics" (3rd ed., 1999), 3.2.
 */
export const ofMedian = (values: readonly number[]): Interval | null => {
  const sorted = ascending(values);
  const rank = largestRank(sorted.length, 0.025);
  if (rank === 0) return null;
  return { low: sorted[rank - 1]!, high: sorted[sorted.length - rank]!, method: 'order statistics' };
};

/**
 * Of the difference of two proportions or of two rates, out of the interval of each. Source: R. G. Newcombe, "Interval estimation for the
 * difference between independent proportions", Statistics in Medicine 17 (1998), 873–890, method 10; for other estimates
 * G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008), 1693–1702.
 */
export const ofDifference = (
  value: number,
  interval: Interval,
  before: number,
  intervalBefore: Interval,
  method: string,
): Interval => ({
  low: value - before - Math.hypot(value - interval.low, intervalBefore.high - before),
  high: value - before + Math.hypot(interval.high - value, before - intervalBefore.low),
  method,
});

/**
 * Of the difference of two medians, whatever their distributions. Null below five values on either side. Source: R. M. Price and
 * D. G. Bonett, "Distribution-free confidence intervals for difference and ratio of medians",
 * Journal of Statistical Computation and Simulation 72 (2002), 119–124.
 */
export const ofMedians = (values: readonly number[], before: readonly number[]): Interval | null => {
  if (values.length < 5 || before.length < 5) return null;
  const difference = median(values)! - median(before)!;
  const margin = Z * Math.hypot(errorOfMedian(values), errorOfMedian(before));
  return { low: difference - margin, high: difference + margin, method: 'Price and Bonett' };
};

/** The standard error of a median, from the distance of two order statistics. */
export const errorOfMedian = (values: readonly number[]): number => {
  const sorted = ascending(values);
  const count = sorted.length;
  const rank = Math.max(1, Math.round(count / 2 - Math.sqrt(count)));
  const deviation = normalQuantile(1 - cumulative(count, rank - 1));
  return (sorted[count - rank]! - sorted[rank - 1]!) / (2 * deviation);
};

/** The largest rank with at most this probability of the median lying below the value that has it; 0: there is none. */
const largestRank = (count: number, probability: number): number => {
  let rank = 0;
  let tail = 0;
  for (let below = 0; below < count; below += 1) {
    tail += binomial(count, below);
    if (tail > probability) return rank;
    rank += 1;
  }
  return 0;
};

/** The probability of at most so many heads of so many tosses. */
const cumulative = (count: number, most: number): number => {
  let total = 0;
  for (let heads = 0; heads <= most; heads += 1) total += binomial(count, heads);
  return total;
};

// By logarithms: a thousand tosses are too many for a product.
const binomial = (count: number, heads: number): number =>
  Math.exp(logFactorial(count) - logFactorial(heads) - logFactorial(count - heads) - count * Math.LN2);

/** Of whole numbers: summed up to 255, by Stirling's series beyond, which is exact to the last digit there. */
const logFactorial = (n: number): number => {
  if (n > 255) return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3);
  let total = 0;
  for (let each = 2; each <= n; each += 1) total += Math.log(each);
  return total;
};

/** The inverse of the standard normal distribution, for probabilities from one half on. */
const normalQuantile = (probability: number): number => {
  let [low, high] = [0, 9];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normal(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/** The standard normal distribution. Source: G. Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11 (2004). */
const normal = (x: number): number => {
  let [term, total] = [x, x];
  for (let odd = 3; total + term !== total || odd === 3; odd += 2) {
    term *= x ** 2 / odd;
    total += term;
  }
  return 0.5 + (total * Math.exp(-(x ** 2) / 2)) / Math.sqrt(2 * Math.PI);
};
