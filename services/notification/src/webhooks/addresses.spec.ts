import { mayReach } from './addresses.ts';

const isGood = mayReach([]);

test.each([
  '93.184.215.14',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '2606:2800:21f:cb07:6820:80da:af6b:8b2c',
  '2a00:1450::1',
])('%s is public', address => expect(isGood(address)).toBe(true));

test.each([
  ['this network', '0.0.0.0'],
  ['private', '10.1.2.3'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.1.1'],
  ['shared by a carrier', '100.64.0.1'],
  ['loopback', '127.0.0.1'],
  ['loopback', '127.255.255.254'],
  ['the metadata of a cloud', '169.254.169.254'],
  ['documentation', '203.0.113.9'],
  ['benchmarks', '198.19.255.255'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::'],
  ['loopback', '::1'],
  ['IPv4 in an old form', '::127.0.0.1'],
  ['IPv4 mapped', '::ffff:127.0.0.1'],
  ['IPv4 mapped, in hexadecimal', '::ffff:7f00:1'],
  ['IPv4 translated', '::ffff:0:127.0.0.1'],
  ['NAT64', '64:ff9b::7f00:1'],
  ['NAT64 of one network', '64:ff9b:1::a00:1'],
  ['6to4 of a private address', '2002:7f00:1::'],
  ['Teredo', '2001:0:7f00:1::1'],
  ['documentation', '2001:db8::1'],
  ['documentation', '3fff::1'],
  ['unique local', 'fd12:3456::1'],
  ['link-local', 'fe80::1'],
  ['site-local', 'fec0::1'],
  ['multicast', 'ff02::1'],
  ['discard', '100::1'],
  ['no address', 'localhost'],
  ['no address', ''],
])('%s: %s is not', (_, address) => expect(isGood(address)).toBe(false));

test('a network that is allowed is good, and no other', () => {
  const inside = mayReach(['10.1.0.0/16', 'fd00::/8']);
  expect(['10.1.2.3', 'fd00::1', '10.2.0.1', '127.0.0.1', 'fe80::1'].map(inside)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each(['10.0.0.0', '10.0.0.0/33', 'localhost/8', '', '10.0.0.0/-1'])('%j is no network to allow', network =>
  expect(() => mayReach([network])).toThrow('is no network'),
);
