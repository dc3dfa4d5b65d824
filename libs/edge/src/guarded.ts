import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Asked } from './asked.ts';
import { Refuses } from './openapi-refusals.ts';
import { ProblemException } from './problem.ts';

/** For OpenAPI: `If-Match` is required. The handler asks `guarded`. */
export const Guarded = (): MethodDecorator =>
  applyDecorators(
    Refuses(428),
    ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of what it replaces, as it was answered.' }),
  );

/** Throws a 428 unless the asker says with `If-Match` what he saw: where an update that is lost would hurt. */
export const guarded = ({ expected }: Asked): void => {
  if (expected === undefined) throw new ProblemException(REQUIRED);
};

const REQUIRED = {
  status: 428,
  code: 'if-match-required',
  detail: 'This is replaced only by who saw it: send its ETag as If-Match.',
};
