import type { Expectation } from './event-store.ts';

/** As `store.append` takes it. */
export const expectationCode = (expect: Expectation): number => {
  switch (expect) {
    case 'no-stream':
      return 0;
    case 'stream-exists':
      return -1;
    case 'any':
      return -2;
    default:
      return expect;
  }
};

/** The version that it names, 0 for none; undefined when several would do. */
export const exactVersion = (expect: Expectation): number | undefined => {
  if (expect === 'no-stream') return 0;
  return typeof expect === 'number' ? expect : undefined;
};

export const meets = (version: number, expect: Expectation): boolean => {
  switch (expect) {
    case 'no-stream':
      return version === 0;
    case 'stream-exists':
      return version > 0;
    case 'any':
      return true;
    default:
      return version === expect;
  }
};
