import { InvalidArgumentError } from 'commander';

/** An option that takes a number from 1 on. */
export const countIn = (words: string): number => wholeIn(words, 1);

/** An option that takes a number from 0 on. */
export const amountIn = (words: string): number => wholeIn(words, 0);

const wholeIn = (words: string, from: number): number => {
  const whole = /^\d{1,15}$/.test(words) ? Number(words) : -1;
  if (whole >= from) return whole;
  throw new InvalidArgumentError(`It takes a number from ${from} on.`);
};
