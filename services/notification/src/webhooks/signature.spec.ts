import { Webhook } from 'standardwebhooks';
import { newSecret, signed } from './signature.ts';

const body = '{"type":"dev.slipway.release-ready.v1","timestamp":"2026-03-02T09:00:00Z","data":{"name":"Ä \\u0001"}}';

test('a secret has 24 to 64 bytes, and is another each time', () => {
  const secret = newSecret();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
  expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
  expect(newSecret()).not.toBe(secret);
});

test('the reference verifier accepts what the current secret and, during a rotation, the one before it signed', () => {
  const [before, current, other] = [newSecret(), newSecret(), newSecret()];
  const headers = signed('msg_1', body, [current, before], new Date());
  expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
  for (const secret of [current, before])
    expect(new Webhook(secret).verify(body, { ...headers })).toEqual(JSON.parse(body));
  expect(() => new Webhook(other).verify(body, { ...headers })).toThrow('No matching signature');
});

test('it refuses another id, another body and another time', () => {
  const secret = newSecret();
  const verifier = new Webhook(secret);
  const headers = signed('msg_1', body, [secret], new Date());
  expect(() => verifier.verify(body, { ...headers, 'webhook-id': 'msg_2' })).toThrow('No matching signature');
  expect(() => verifier.verify(`${body} `, { ...headers })).toThrow('No matching signature');
  const old = signed('msg_1', body, [secret], new Date(Date.now() - 600_000));
  expect(() => verifier.verify(body, { ...old })).toThrow('too old');
});
