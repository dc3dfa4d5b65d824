import { InvalidArgumentError } from 'commander';

/** An option that takes a number from 1 on. */
export const countIn = (words: string): number => wholeIn(words, 1);

/** An option that takes a number from 0 on. */
export const amountIn = (words: string): number => wholeIn(words, 0);

/** An option that takes any number. */
export const numberIn = (words: string): number => {
  const value = words.trim() === '' ? Number.NaN : Number(words);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It takes a number.');
};

const wholeIn = (words: string, from: number): number => {
  const whole = /^\d{1,15}$/.test(words) ? Number(words) : -1;
  if (whole >= from) return whole;
  throw new InvalidArgumentError(`It takes a number from ${from} on.`);
};
