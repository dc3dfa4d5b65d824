import { InvalidArgumentError } from 'commander';

/** An option that takes a number from 1 on. */
export const countIn = (words: string): number => {
  const count = Number(words);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('It takes a number from 1 on.');
};
