import { type TestService, testService } from '@slipway/service/testing';
import { catalog } from '../module.ts';

let slipway: TestService;

beforeAll(async () => {
  slipway = await testService(catalog);
});
afterAll(() => slipway.stop());

test('the entities fit the tables that the migrations made', async () => {
  const [running] = slipway.host.running;
  for (const { name, columns } of running?.service.dataSource.entityMetadatas.map(shapeOf) ?? []) {
    const { rows } = (await running?.pool.query(SHAPE, [name])) ?? { rows: [] };
    expect({ name, columns: rows }).toEqual({ name, columns });
  }
  expect(running?.service.dataSource.entityMetadatas).toHaveLength(7);
});

type Metadata = NonNullable<TestService['host']['running'][number]>['service']['dataSource']['entityMetadatas'][number];

const TYPES: Readonly<Record<string, string>> = { int: 'integer', timestamptz: 'timestamp with time zone' };

const shapeOf = ({ tableName, columns }: Metadata) => ({
  name: tableName,
  columns: columns
    .map(({ databaseName, type, isArray, isNullable }) => ({
      column: databaseName,
      type: `${TYPES[String(type)] ?? String(type)}${isArray ? '[]' : ''}`,
      nullable: isNullable,
    }))
    .sort((one, other) => (one.column < other.column ? -1 : 1)),
});

const SHAPE = `
  SELECT attname AS column, format_type(atttypid, NULL) AS type, NOT attnotnull AS nullable
  FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
  ORDER BY attname COLLATE "C"`;
