import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { Answer, Listing, Report } from './answer.ts';

/** Turns answers into bodies and headers; gRPC gets them as they are. */
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(map((result: unknown) => bodyOf(result, response)));
  }
}

const written = ({ written: content }: Report, response: Response): object | string => {
  if (typeof content === 'string') response.type('application/json');
  return content;
};

const bodyOf = (result: unknown, response: Response): unknown => {
  if (result instanceof Answer) {
    response.setHeader('ETag', `"${result.record.version}"`);
    if (result.event) response.setHeader('Slipway-Event', result.event);
    if (result.replayed) response.setHeader('Idempotency-Replayed', 'true');
    return result.record;
  }
  if (result instanceof Listing || result instanceof Report)
    response.setHeader('Slipway-Position', String(result.position));
  if (result instanceof Report) return written(result, response);
  if (!(result instanceof Listing)) return result;
  const { items, nextPageToken } = result;
  return { items, ...(nextPageToken && { nextPageToken }) };
};
