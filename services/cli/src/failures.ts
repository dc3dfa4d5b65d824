/** Exit codes that pipelines rely on. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, denied: 3, unknown: 4 } as const;

/** It was asked wrongly. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

export type InvalidField = Readonly<{ pointer: string; detail: string }>;

/** Slipway answered with a problem. `code` is stable. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly errors: readonly InvalidField[];

  constructor(status: number, code: string, detail: string, errors: readonly InvalidField[] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** Nothing that could be understood came back. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** What a person reads on stderr. */
export const messageOf = (error: unknown): string => {
  if (!(error instanceof Problem)) return `slipway: ${error instanceof Error ? error.message : String(error)}\n`;
  const fields = error.errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}\n`);
  return `slipway: ${error.message} (${error.code})\n${fields.join('')}`;
};
