import { HttpException } from '@nestjs/common';

export type InvalidField = Readonly<{ pointer: string; detail: string }>;

/** RFC 9457. `code` is public contract, `detail` something that a person can act on. */
export type Problem = Readonly<{
  status: number;
  code: string;
  detail: string;
  errors?: readonly InvalidField[];
  /** Of a 403: what is missing. */
  permission?: string;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
}>;

export class ProblemException extends HttpException {
  constructor(readonly problem: Problem) {
    super(problem, problem.status);
  }
}

export const invalidFields = (errors: readonly InvalidField[]): ProblemException =>
  new ProblemException({ status: 400, code: 'invalid-fields', detail: 'Some fields are not as they must be.', errors });

export const notFound = (detail: string): ProblemException =>
  new ProblemException({ status: 404, code: 'not-found', detail });
