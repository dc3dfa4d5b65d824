import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type Problem, problemOf } from '@slipway/edge';
import type { Response } from 'express';
import SCIMMY from 'scimmy';
import { SCIM_JSON } from './scim-schemas.ts';

type ScimProblem = Readonly<{ status: number; scimType?: string | undefined; detail: string; retryAfter?: number }>;

/** Errors leave SCIM's doors in SCIM's shape (RFC 7644, 3.12). */
@Catch()
export class ScimErrorsFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const { status, scimType, detail, retryAfter } = problemIn(error);
    const response = host.switchToHttp().getResponse<Response>();
    if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      ...(scimType !== undefined && { scimType }),
      detail,
    };
    response.status(status).type(SCIM_JSON).send(JSON.stringify(body));
  }
}

const problemIn = (error: unknown): ScimProblem => {
  if (error instanceof SCIMMY.Types.Error) {
    const { status, scimType, message } = error as Error & Readonly<{ status: number; scimType?: string | null }>;
    return { status, scimType: scimType ?? undefined, detail: message };
  }
  return translated(problemOf(error));
};

const TYPES: Readonly<Record<string, string>> = { 'already-registered': 'uniqueness', 'alias-taken': 'uniqueness' };

const translated = ({ status, code, detail, errors = [], retryAfter }: Problem): ScimProblem => {
  const fields = errors.map(field => `${field.pointer}: ${field.detail}`);
  const is = status === 422 ? 400 : status;
  return {
    status: is,
    scimType: TYPES[code] ?? (is === 400 ? 'invalidValue' : undefined),
    detail: [detail, ...fields].join(' '),
    ...(retryAfter !== undefined && { retryAfter }),
  };
};
