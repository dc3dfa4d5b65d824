import 'reflect-metadata';
import { Body, Controller, Delete, Get, type INestApplication, Param, Post, Put, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { Answers, Lists, TakesMessage } from './answer.ts';
import { Clearable, Id, Optional, Pattern, Text } from './fields.ts';
import { ListQuery } from './list-query.ts';
import { openApiOf } from './openapi.ts';
import { ErrorsAs, Refuses } from './openapi-refusals.ts';
import { Permission, Public } from './permissions.ts';

class OwnerDto {
  @Text(20) readonly name!: string;
}

class NoteDto {
  @Id() readonly id!: string;
  @Text(20) @Clearable() readonly text?: string | null;
  @Pattern(/^[^\p{Cc}]{1,9}$/u, 'a') @Optional() readonly key?: string;
  @ApiProperty({ type: OwnerDto, nullable: true }) readonly owner!: OwnerDto | null;
  @ApiProperty({ enum: ['low', 'high'], type: String, nullable: true }) readonly urgency!: string | null;
}

class NotesQuery extends ListQuery {
  @Id() @Optional() readonly service?: string;
}

// What a newcomer would write: nothing is said of what is refused.
@Controller('v1/notes')
class Notes {
  @Post()
  @Permission('releases:write')
  @Answers(201, NoteDto)
  write(@Body() note: NoteDto): NoteDto {
    return note;
  }

  @Get()
  @Permission('releases:read')
  @Lists(NoteDto)
  list(@Query() _query: NotesQuery): readonly NoteDto[] {
    return [];
  }

  @Get('kinds')
  @Permission('releases:read')
  @Answers(200, NoteDto, 'text/csv')
  kinds(): NoteDto | undefined {
    return undefined;
  }

  @Put(':id')
  @Permission('releases:write')
  @Refuses(428)
  @Answers(200, NoteDto)
  replace(@Param('id') _id: string, @Body() note: NoteDto): NoteDto {
    return note;
  }

  @Post('hooks/tool')
  @Public()
  @TakesMessage(202, NoteDto)
  hear(): void {}
}

@Controller('v1/other')
@ErrorsAs({ mediaType: 'application/scim+json', schema: { type: 'object', required: ['detail'] } })
class Other {
  @Delete(':id')
  @Permission('catalog:write')
  remove(@Param('id') _id: string): void {}
}

type Schema = Readonly<Record<string, unknown>>;
type Operation = Readonly<{
  responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: Schema }>>; headers?: object }>>;
  parameters: readonly Readonly<{ name: string }>[];
  security?: readonly object[];
}>;

let app: INestApplication;
let operation: (method: string, path: string) => Operation;
let schemas: Readonly<Record<string, { properties: Readonly<Record<string, Schema>> }>>;

beforeAll(async () => {
  const module = await Test.createTestingModule({ controllers: [Notes, Other] }).compile();
  app = module.createNestApplication({ logger: false });
  const { paths, components } = openApiOf(app, 'Notes');
  operation = (method, path) => (paths[path] as unknown as Record<string, Operation>)[method]!;
  schemas = components?.schemas as unknown as typeof schemas;
});
afterAll(() => app.close());

const statuses = (method: string, path: string): readonly number[] =>
  Object.keys(operation(method, path).responses).map(Number);

test.each([
  ['post', '/v1/notes', [201, 400, 401, 403, 404, 409, 412, 413, 415, 422, 503]],
  ['get', '/v1/notes', [200, 400, 401, 403, 404, 422, 503]],
  ['get', '/v1/notes/kinds', [200, 400, 401, 403, 503]],
  ['put', '/v1/notes/{id}', [200, 400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 503]],
  ['post', '/v1/notes/hooks/tool', [202, 400, 401, 404, 409, 413, 415, 503]],
])('%s %s tells what it can be refused with', (method, path, expected) => {
  expect(statuses(method, path)).toEqual(expected);
});

test('a refusal is a problem, and says when to come again or how to authenticate', () => {
  const { 400: malformed, 401: unknown, 503: later } = operation('get', '/v1/notes').responses;
  expect(malformed?.content).toEqual({
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  });
  expect(Object.keys(unknown?.headers ?? {})).toEqual(['WWW-Authenticate']);
  expect(Object.keys(later?.headers ?? {})).toEqual(['Retry-After']);
});

test('errors of another protocol have its shape; what is refused before it is known to be meant is a problem, too', () => {
  const { 403: forbidden, 413: large } = operation('delete', '/v1/other/{id}').responses;
  expect(Object.keys(forbidden?.content ?? {})).toEqual(['application/scim+json']);
  expect(Object.keys(large?.content ?? {})).toEqual(['application/scim+json', 'application/problem+json']);
});

test('a write takes the conditional headers, and only what is public takes no token', () => {
  const names = (method: string, path: string) => operation(method, path).parameters.map(({ name }) => name);
  expect(names('put', '/v1/notes/{id}')).toEqual(['id', 'Idempotency-Key', 'If-Match']);
  expect(names('get', '/v1/notes')).not.toContain('Idempotency-Key');
  expect(operation('post', '/v1/notes/hooks/tool').security).toEqual([]);
  expect(operation('post', '/v1/notes')).toMatchObject({ 'x-permission': 'releases:write' });
});

test('nothing of how it was found out is told', () => {
  const told = Object.keys({ ...operation('put', '/v1/notes/{id}'), ...operation('delete', '/v1/other/{id}') });
  expect(told.filter(name => name.startsWith('x-'))).toEqual(['x-permission']);
});

test('what can be null says so as JSON Schema does', () => {
  const { text, owner, urgency } = schemas['NoteDto']?.properties ?? {};
  expect(text).toEqual({ type: ['string', 'null'], minLength: 1, maxLength: 20 });
  expect(urgency).toEqual({ type: ['string', 'null'], enum: ['low', 'high', null] });
  expect(owner).toEqual({ anyOf: [{ $ref: '#/components/schemas/OwnerDto' }, { type: 'null' }] });
});

test('a pattern is written without properties of Unicode', () => {
  const { pattern = '' } = (schemas['NoteDto']?.properties['key'] ?? {}) as Readonly<{ pattern?: string }>;
  expect(pattern).toBe('^[^\\u0000-\\u001f\\u007f-\\u009f]{1,9}$');
  expect([new RegExp(pattern).test('a b'), new RegExp(pattern).test('a\tb')]).toEqual([true, false]);
});

test('an answer that can be had as text says both', () => {
  expect(operation('get', '/v1/notes/kinds').responses['200']?.content).toEqual({
    'application/json': { schema: { $ref: '#/components/schemas/NoteDto' } },
    'text/csv': { schema: { type: 'string' } },
  });
});
