import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { opened, sealed } from './seals.ts';

const text = fc.string({ unit: 'grapheme' });
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes => Buffer.from(bytes));

test('opens what it sealed, for the same subject under the same key', () => {
  fc.assert(
    fc.property(
      key,
      text,
      text,
      (secret, subject, said) => opened(secret, subject, sealed(secret, subject, said)) === said,
    ),
  );
});

test('opens nothing for another subject, or under another key', () => {
  fc.assert(
    fc.property(key, text, text, (secret, subject, said) => {
      const closed = sealed(secret, subject, said);
      return (
        opened(secret, `${subject}-`, closed) === undefined && opened(randomBytes(32), subject, closed) === undefined
      );
    }),
  );
});

test('opens nothing in which one bit was changed', () => {
  fc.assert(
    fc.property(key, text, fc.nat(), (secret, said, at) => {
      const bytes = Buffer.from(sealed(secret, 'change-1', said).slice('sealed:v1:'.length), 'base64url');
      const bit = at % (bytes.length * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return opened(secret, 'change-1', `sealed:v1:${bytes.toString('base64url')}`) === undefined;
    }),
  );
});

test('opens nothing that it did not make', () => {
  fc.assert(fc.property(key, text, (secret, anything) => opened(secret, 'change-1', anything) === undefined));
});

test('seals the same text differently each time', () => {
  const secret = randomBytes(32);
  expect(sealed(secret, 'change-1', 'text')).not.toBe(sealed(secret, 'change-1', 'text'));
});

test('has the form that contracts know, without the text in it', () => {
  expect(sealed(randomBytes(32), 'change-1', 'Ada Lovelace')).toMatch(/^sealed:v1:[A-Za-z0-9_-]{54}$/);
});
