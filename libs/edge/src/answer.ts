import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';

/** The record as the command left it, or as it is. */
export class Answer {
  constructor(
    readonly record: Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number },
    /** The token of the last event that this command appended; none for a read. */
    readonly event?: string,
    readonly replayed = false,
  ) {}
}

export type Item = Readonly<Record<string, unknown>>;

/** A page of a list, and the log position that it shows. */
export class Listing {
  constructor(
    readonly items: readonly object[],
    readonly position: number,
    readonly nextPageToken?: string,
  ) {}
}

/** A report: anything that is not a list of records, and the log position that it shows. */
export class Report {
  constructor(
    readonly body: object,
    readonly position: number,
  ) {}
}

/** The status and body of an answer, for OpenAPI and for the wire. */
export const Answers = (status: number, dto: Type): MethodDecorator =>
  applyDecorators(
    HttpCode(status),
    (status === 201 ? ApiCreatedResponse : ApiOkResponse)({ type: dto, headers: HEADERS }),
    ...(status === 200 || status === 201 ? [] : [ApiResponse({ status, type: dto })]),
    WRITES,
    PROBLEMS,
  );

/** A list of rows, page by page. */
export const Lists = (row: Type): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    ApiExtraModels(row),
    ApiOkResponse({
      headers: { 'Slipway-Position': { description: 'The log position shown.', schema: { type: 'integer' } } },
      schema: {
        type: 'object',
        required: ['items'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(row) } },
          nextPageToken: { type: 'string', description: 'Opaque; absent on the last page.' },
        },
      },
    }),
    PROBLEMS,
  );

const HEADERS = {
  ETag: { description: 'The version of the record.', schema: { type: 'string' } },
  'Slipway-Event': { description: 'Opaque; `afterEvent` of a list waits for it.', schema: { type: 'string' } },
} as const;

const WRITES = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Of a POST, PUT or PATCH: the same key and request give the first answer again.',
});

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const PROBLEMS = ApiResponse({ status: 'default', description: 'RFC 9457, with a stable `code`.', content: PROBLEM });
