import 'reflect-metadata';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { openApiOf } from '@slipway/edge';
import { operationsOf, type Running, Service } from '@slipway/service';
import { services } from '../services.ts';

// What every operation of every service must tell, so that nobody's new controller is left out.

type Schema = Readonly<Record<string, unknown>>;
type Operation = Readonly<{
  summary?: string;
  operationId: string;
  security?: readonly object[];
  'x-permission'?: string;
  responses: Readonly<Record<string, Readonly<{ content?: Readonly<Record<string, { schema?: Schema }>> }>>>;
}>;

@Module({})
class All {}

let app: INestApplication;
let operations: readonly Readonly<{ name: string; operation: Operation }>[];
let document: object;

beforeAll(async () => {
  // Nothing is started: the decorators of the controllers are read, that is all.
  const imports = services.map(definition => ({
    module: definition.module,
    controllers: [operationsOf({ definition } as Running)],
    providers: [Service],
  }));
  app = await NestFactory.create({ module: All, imports }, { preview: true, logger: false, abortOnError: false });
  const { paths, ...rest } = openApiOf(app, 'Slipway');
  document = { paths, ...rest };
  operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Readonly<Record<string, Operation>>).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
});
afterAll(() => app.close());

const those = (isSo: (operation: Operation, name: string) => boolean): readonly string[] =>
  operations.filter(({ name, operation }) => isSo(operation, name)).map(({ name }) => name);

test('there are operations of every service', () => {
  expect(operations.length).toBeGreaterThan(350);
});

test('each says in one line what it does', () => {
  expect(those(({ summary = '' }) => summary === '')).toEqual([]);
});

test('each is public, or tells its permission', () => {
  expect(those(operation => operation.security?.length !== 0 && !operation['x-permission'])).toEqual([]);
});

test('each describes what it answers: `@Answers`, `@Lists` or `@TakesMessage`', () => {
  const isDescribed = (content: Operation['responses'][string]['content'] = {}): boolean =>
    Object.keys(content).length > 0 &&
    Object.values(content).every(
      ({ schema = {} }) => Object.keys(schema).join() !== 'type' || schema['type'] === 'string',
    );
  const undescribed = those(({ responses }) =>
    Object.entries(responses).some(([status, { content }]) => /^20[0-3]$/.test(status) && !isDescribed(content)),
  );
  expect(undescribed).toEqual([]);
});

test('each tells what it can be refused with, and nothing by default', () => {
  const always = ['400', '503'];
  expect(those(({ responses }) => always.some(status => !(status in responses)))).toEqual([]);
  const withToken = ['401', '403'];
  expect(
    those(operation => operation.security === undefined && withToken.some(status => !(status in operation.responses))),
  ).toEqual([]);
  const writes = ['409', '412', '413', '415', '422'];
  expect(
    those(
      (operation, name) =>
        !name.startsWith('GET') &&
        operation.security === undefined &&
        writes.some(status => !(status in operation.responses)),
    ),
  ).toEqual([]);
  expect(those(({ responses }) => 'default' in responses)).toEqual([]);
});

test('operations have names of their own', () => {
  const names = operations.map(({ operation }) => operation.operationId);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('patterns are of the kind that every reader of JSON Schema knows', () => {
  const patterns = JSON.stringify(document).match(/"pattern":"(?:[^"\\]|\\.)*"/g) ?? [];
  expect(patterns.length).toBeGreaterThan(100);
  expect(patterns.filter(pattern => /\\\\[pP]\{|\\\\0|\(\?</.test(pattern))).toEqual([]);
});
