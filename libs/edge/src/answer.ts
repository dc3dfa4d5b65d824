import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiResponse, getSchemaPath } from '@nestjs/swagger';

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
  /** `content`: the body, or its JSON where that is written already and too long to be read for nothing. */
  constructor(
    private readonly content: object | string,
    readonly position: number,
  ) {}

  get body(): object {
    return typeof this.content === 'string' ? (JSON.parse(this.content) as object) : this.content;
  }

  /** What goes over the wire: an object, or JSON. */
  get written(): object | string {
    return this.content;
  }
}

/** The status and body of an answer, for OpenAPI and for the wire. `asText`: a media type in which it can be had, too. */
export const Answers = (status: number, dto: Type, asText?: string): MethodDecorator =>
  applyDecorators(
    HttpCode(status),
    ApiExtraModels(dto),
    ApiResponse({ status, headers: HEADERS, ...(asText === undefined ? { type: dto } : eitherWay(dto, asText)) }),
  );

const eitherWay = (dto: Type, asText: string) => ({
  content: {
    'application/json': { schema: { $ref: getSchemaPath(dto) } },
    [asText]: { schema: { type: 'string' as const } },
  },
});

/** A message of a tool, in a shape that the tool defines, and what it is answered. */
export const TakesMessage = (status: number, dto: Type): MethodDecorator =>
  applyDecorators(
    HttpCode(status),
    ApiBody({ description: 'As the tool sends it.', schema: { type: 'object', additionalProperties: true } }),
    ApiResponse({ status, type: dto }),
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
  );

const HEADERS = {
  ETag: { description: 'The version of the record.', schema: { type: 'string' } },
  'Slipway-Event': { description: 'Opaque; `afterEvent` of a list waits for it.', schema: { type: 'string' } },
  'Idempotency-Replayed': { description: 'It is the answer that the key was given first.', schema: { type: 'string' } },
  'Slipway-Position': { description: 'Of a report: the log position shown.', schema: { type: 'integer' } },
} as const;
