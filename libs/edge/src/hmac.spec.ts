import { createHmac } from 'node:crypto';
import { hmacMatches, sameSecret } from './hmac.ts';

// The example of GitHub's documentation, "Validating webhook deliveries".
const secret = "It's a Secret to Everybody";
const body = Buffer.from('Hello, World!');
const signature = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

test('a signature matches its bytes and secret only', () => {
  expect(hmacMatches(body, secret, signature)).toBe(true);
  expect(hmacMatches(body, secret, signature.toUpperCase())).toBe(true);
  expect(hmacMatches(Buffer.from('Hello, World?'), secret, signature)).toBe(false);
  expect(hmacMatches(body, `${secret}.`, signature)).toBe(false);
  expect(hmacMatches(body, secret, signature.slice(1))).toBe(false);
  expect(hmacMatches(body, secret, '')).toBe(false);
});

test('without a secret nothing matches, not even what was made with none', () => {
  expect(hmacMatches(body, '', createHmac('sha256', '').update(body).digest('hex'))).toBe(false);
  expect(sameSecret('', '')).toBe(false);
  expect(sameSecret('token', 'token')).toBe(true);
  expect(sameSecret('token', 'tokens')).toBe(false);
});
