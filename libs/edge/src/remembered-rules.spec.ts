import { getMetadataStorage, validate } from 'class-validator';
import { Integer, Text } from './fields.ts';
import { validation } from './http.ts';

class Named {
  @Text(3) readonly name!: string;
}
class Counted extends Named {
  @Integer(1, 9) readonly count!: number;
}

const wrong = async (dto: object): Promise<readonly string[]> =>
  (await validate(dto, validation)).map(({ property }) => property).sort();

test('a class is held against its own rules and those that it inherits, the first time and ever after', async () => {
  for (let time = 0; time < 3; time += 1) {
    expect(await wrong(Object.assign(new Counted(), { name: 'long', count: 10, other: 1 }))).toEqual([
      'count',
      'name',
      'other',
    ]);
    expect(await wrong(Object.assign(new Counted(), { name: 'ok', count: 9 }))).toEqual([]);
    expect(await wrong(Object.assign(new Named(), { name: 'ok', count: 9 }))).toEqual(['count']);
  }
});

test('they are looked for once', () => {
  const rules = () => getMetadataStorage().getTargetValidationMetadatas(Counted, '', false, false);
  expect(rules()).toBe(rules());
});
