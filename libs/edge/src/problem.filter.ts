import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { RpcException } from '@nestjs/microservices';
import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import { type Observable, throwError } from 'rxjs';
import { grpcErrorOf } from './grpc-status.ts';
import { type Problem, ProblemException } from './problem.ts';
import { problemOf } from './problem-of.ts';

/** Every error leaves REST as application/problem+json, and gRPC as a status with an ErrorInfo. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): Observable<never> | undefined {
    if (host.getType() !== 'http') return throwError(() => statusOf(error));
    const http = host.switchToHttp();
    send(http.getResponse<Response>(), ofRoute(error, http.getRequest<Request>(), http.getResponse<Response>()));
    return undefined;
  }
}

const statusOf = (error: unknown): object =>
  (error instanceof RpcException ? error : grpcErrorOf(problemOf(error))).getError() as object;

const send = (response: Response, { status, retryAfter, ...rest }: Problem): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  const body = { type: 'about:blank', title: STATUS_CODES[status], status, ...rest };
  response.status(status).type('application/problem+json').send(JSON.stringify(body));
};

const ofRoute = (error: unknown, request: Request, response: Response): Problem => {
  const isNests = error instanceof HttpException && !(error instanceof ProblemException);
  if (!isNests || error.getStatus() !== 404) return problemOf(error);
  const allowed = methodsOf(request);
  const isRouted = allowed.includes(request.method === 'HEAD' ? 'GET' : request.method);
  if (isRouted || allowed.length === 0) return problemOf(error);
  response.setHeader('Allow', allowed.join(', '));
  return { status: 405, code: 'method-not-allowed', detail: `${request.path} takes ${allowed.join(', ')}.` };
};

type Layer = { match: (path: string) => boolean; route?: { methods: Record<string, boolean> } };

// Express has no 405 of its own.
const methodsOf = ({ app, path }: Request): string[] => {
  const layers = (app as unknown as { router: { stack: Layer[] } }).router.stack;
  const methods = layers.flatMap(layer => (layer.route && layer.match(path) ? Object.keys(layer.route.methods) : []));
  return [...new Set(methods)].map(method => method.toUpperCase());
};
