import { BlockList, isIP } from 'node:net';

/**
 * Not to be reached from here, by IANA's registries of special-purpose addresses (RFC 6890 and what followed), multicast
 * (RFC 5771) and class E included.
 */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/**
 * Of IPv6 only global unicast (RFC 4291) is ever good, so that loopback, link-local, unique local, multicast, NAT64 and
 * every form that holds an IPv4 address outside of it need no entry: `::127.0.0.1`, `::ffff:127.0.0.1`, `64:ff9b::7f00:1`.
 */
const GLOBAL_IPV6 = ['2000::/3'];
/** Of that: protocol assignments with Teredo, documentation, 6to4 (which holds an IPv4 address). */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const { address, prefix, family } = networkIn(network);
    list.addSubnet(address, prefix, family);
  }
  return list;
};

/** Throws on what is no network, so that a setting with a mistake in it is found at the start. */
const networkIn = (network: string) => {
  const [address = '', length = ''] = network.trim().split('/');
  const family = familyOf(address);
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (!family || prefix < 0 || prefix > (family === 'ipv4' ? 32 : 128)) throw new Error(`${network} is no network`);
  return { address, prefix, family };
};

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined =>
  (({ 4: 'ipv4', 6: 'ipv6' }) as const)[isIP(address) as 4 | 6];

const specialIPv4 = listOf(SPECIAL_IPV4);
const globalIPv6 = listOf(GLOBAL_IPV6);
const specialIPv6 = listOf(SPECIAL_IPV6);

/** Whether webhooks may go to an address. `allowed` are networks that are good in spite of the registries. */
export const mayReach = (allowed: readonly string[]): ((address: string) => boolean) => {
  const exceptions = listOf(allowed);
  return address => {
    const family = familyOf(address);
    if (!family) return false;
    if (exceptions.check(address, family)) return true;
    if (family === 'ipv4') return !specialIPv4.check(address);
    return globalIPv6.check(address, family) && !specialIPv6.check(address, family);
  };
};
