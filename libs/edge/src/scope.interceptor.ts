import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { askedAt } from './asked.ts';
import { ProblemException } from './problem.ts';

/** Holds back an answer whose handler never asked how far the asker's grants reach, when they have limits. */
export class ScopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((result: unknown) => {
        if (askedAt(context)?.access.isHeeded ?? true) return result;
        throw new ProblemException(NEEDS_ALL);
      }),
    );
  }
}

const NEEDS_ALL = {
  status: 403,
  code: 'outside-scope',
  detail: 'This shows all services and environments, and your grants are limited to some.',
};
