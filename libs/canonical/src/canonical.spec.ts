import fc from 'fast-check';
import { canonical, derivedId, digestOf, sha256, sortedSet } from './index.ts';

const json = fc.jsonValue({ stringUnit: 'grapheme' });

/** RFC 8785 said again: members by UTF-16 code units, everything else as ECMAScript writes it. */
const saidAgain = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(saidAgain).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${saidAgain(member)}`).join(',')}}`;
};

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
};

describe('the canonical form', () => {
  test.each([
    [
      'members by UTF-16 code units, not by code points',
      { '\ufb33': 1, '😀': 2, '€': 3, '\r': 4, 1: 5, ö: 6 },
      '{"\\r":4,"1":5,"ö":6,"€":3,"😀":2,"\ufb33":1}',
    ],
    ['nested members, and arrays as they are', { b: [{ d: 1, c: 2 }, 'x'], a: {} }, '{"a":{},"b":[{"c":2,"d":1},"x"]}'],
    [
      'large and small numbers',
      [1e21, 1e-7, 2e-3, 333333333.3333333, 4.5, 1e-27],
      '[1e+21,1e-7,0.002,333333333.3333333,4.5,1e-27]',
    ],
    ['minus zero', -0, '0'],
    ['the largest integer that is exact', Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [
      'only what must be escaped',
      '\u0000\b\t\n\f\r"\\/\u001f\u007f\u2028',
      '"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\\u001f\u007f\u2028"',
    ],
    ['literals', [null, true, false], '[null,true,false]'],
    ['no member that is undefined', { a: undefined, b: 1 }, '{"b":1}'],
    ['the empty', [{}, [], ''], '[{},[],""]'],
  ])('has %s', (_, value, text) => {
    expect(canonical(value)).toBe(text);
  });

  test.each([
    ['NaN', Number.NaN, 'NaN'],
    ['infinity', [Number.POSITIVE_INFINITY], 'Infinity'],
    ['half a surrogate pair', { text: '\ud83d' }, 'surrogate'],
    ['undefined', undefined, 'undefined is not JSON'],
  ])('is refused to %s', (_, value, message) => {
    expect(() => canonical(value)).toThrow(message);
  });

  test('is what RFC 8785 says, for any JSON', () => {
    fc.assert(fc.property(json, value => canonical(value) === saidAgain(JSON.parse(JSON.stringify(value)))));
  });

  test('is one for one value, in whatever order its members were written', () => {
    fc.assert(fc.property(json, value => canonical(reversed(value)) === canonical(value)));
  });

  test('is JSON of the same value, and its own canonical form', () => {
    fc.assert(
      fc.property(json, value => {
        const text = canonical(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe('a digest', () => {
  test('is the SHA-256 of the UTF-8 bytes of the canonical form', () => {
    const digest = '65088dd201f2b0b1eb07677d2322758d96eed9b4c02817c57b99e6417fefb9cd';
    expect(digestOf({ b: [true, null, 'ö'], a: 1 })).toBe(`sha256:${digest}`);
    expect(sha256('{"a":1,"b":[true,null,"ö"]}')).toBe(digest);
    expect(sha256(Buffer.from('{"a":1,"b":[true,null,"ö"]}'))).toBe(digest);
  });

  test('differs for different values', () => {
    fc.assert(fc.property(json, json, (a, b) => (digestOf(a) === digestOf(b)) === (canonical(a) === canonical(b))));
  });
});

describe('a sorted set', () => {
  test('is the same list for the same set', () => {
    const shuffled = fc
      .array(json)
      .chain(values =>
        fc.tuple(fc.constant(values), fc.shuffledSubarray([...values, ...values], { minLength: 2 * values.length })),
      );
    fc.assert(fc.property(shuffled, ([values, again]) => canonical(sortedSet(again)) === canonical(sortedSet(values))));
  });

  test('has every value once', () => {
    fc.assert(
      fc.property(fc.array(json), values => {
        const forms = sortedSet(values).map(canonical);
        expect(new Set(forms)).toEqual(new Set(values.map(canonical)));
        expect(forms).toHaveLength(new Set(forms).size);
        expect(forms).toEqual([...forms].sort((a, b) => (a < b ? -1 : 1)));
      }),
    );
  });
});

describe('a derived id', () => {
  const parts = fc.array(fc.string(), { minLength: 1, maxLength: 4 });

  test('is a UUIDv8', () => {
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    fc.assert(fc.property(parts, each => form.test(derivedId(...each))));
  });

  test('is one for the same parts in the same order, and for no others', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => (derivedId(...a) === derivedId(...b)) === (canonical(a) === canonical(b))),
    );
    expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'));
    expect(derivedId('a', 'b')).not.toBe(derivedId('b', 'a'));
  });

  test('stays what it was, since streams are named after it', () => {
    expect(derivedId('github', 'octo/shop', '42')).toBe('d11e1cfc-5686-806e-8e0b-f37fc59b1dbb');
  });
});
