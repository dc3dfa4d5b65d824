import 'reflect-metadata';
import { Digest, Flag, Instant, Integer, ListOf, Optional, Pattern, Quantity, Text, utcOf } from './fields.ts';
import type { ProblemException } from './problem.ts';
import { timestampOf, valid } from './valid.ts';

class PartDto {
  @Text(5) readonly name!: string;
}
class NoteDto {
  @Text(5) readonly text!: string;
  @Integer(1, 10) @Optional() readonly count?: number;
  @Instant() @Optional() readonly at?: string;
  @Quantity(0, 1) @Optional() readonly share?: number;
  @Flag() @Optional() readonly done?: boolean;
  @ListOf(PartDto, 2) @Optional() readonly parts?: PartDto[];
}

const refusal = (message: unknown): Promise<unknown> =>
  valid(NoteDto, message).then(
    () => 'valid',
    (error: ProblemException) =>
      error.problem.errors ? [...new Set(error.problem.errors.map(({ pointer }) => pointer))] : error.problem.code,
  );

describe('a message of gRPC', () => {
  test('is valid by the same rules as a body; empty is absent, a Timestamp an instant', async () => {
    const message = {
      text: 'hello',
      count: 3,
      at: { seconds: '1772442000', nanos: 5_000_000 },
      parts: [{ name: '' + 'a' }],
      _count: 'count',
    };
    expect(Object.assign({}, await valid(NoteDto, message))).toEqual({
      text: 'hello',
      count: 3,
      at: '2026-03-02T09:00:00.005Z',
      parts: [{ name: 'a' }],
    });
    expect(Object.assign({}, await valid(NoteDto, { text: 'a', at: null, done: false, share: 0.25 }))).toEqual({
      text: 'a',
      done: false,
      share: 0.25,
    });
  });

  test.each([
    [{ text: 'too long' }, ['/text']],
    [{ text: '' }, ['/text']],
    [{ text: 'a', count: 11 }, ['/count']],
    [{ text: 'a', share: 1.01 }, ['/share']],
    [{ text: 'a', share: Number.NaN }, ['/share']],
    [{ text: 'a', share: '0.25' }, ['/share']],
    [{ text: 'a', parts: [{ name: 'far too long' }] }, ['/parts/0/name']],
    [{ text: 'a', parts: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }, ['/parts']],
    [{ text: 'a', other: 1 }, ['/other']],
    [{ text: 'a', at: { seconds: '99999999999999999', nanos: 0 } }, ['/at']],
    [{ text: 'a\0' }, 'invalid-text'],
    [undefined, ['/text']],
  ])('is refused with its fields: %j', async (message, fields) => expect(await refusal(message)).toEqual(fields));

  test('gets its instants back as Timestamps', () =>
    expect(timestampOf('2026-03-02T09:00:00.005Z')).toEqual({ seconds: '1772442000', nanos: 5_000_000 }));
});

describe('an instant', () => {
  test.each([
    ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02T10:00:00.25+01:00', '2026-03-02T09:00:00.250Z'],
    ['2024-02-29T00:00:00-05:00', '2024-02-29T05:00:00.000Z'],
  ])('%s is %s', (given, utc) => expect(utcOf(given)).toBe(utc));

  test.each([
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-02T25:00:00Z',
    '2026-03-02',
    '09:00',
    '',
    'now',
    1,
    null,
  ])('%j is none', given => expect(utcOf(given)).toBeUndefined());
});

class NamedDto {
  @Pattern(/^[a-z]{1,10}$/, 'checkout') @Optional() readonly name?: string;
  @Digest() @Optional() readonly digest?: string;
}

test.each([
  [{ name: 'Check out' }, 'name must be such as checkout'],
  [{ digest: 'sha256:abc' }, `digest must be such as sha256:${'0'.repeat(64)}`],
])('what is not as its pattern says is told by an example: %j', async (message, detail) => {
  const refused = await valid(NamedDto, message).catch(({ problem }: ProblemException) => problem.errors);
  expect(refused).toEqual([{ pointer: `/${Object.keys(message)[0]}`, detail }]);
});
