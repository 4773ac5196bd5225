import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Addresses and ranges of addresses, of both families. */
export class AddressRanges {
  readonly #ranges = new BlockList();

  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const { address, bits, family } = partsOf(text);
      this.#ranges.addSubnet(address, bits, family);
    }
  }

  /** True for an address within; an IPv4 address may be written as IPv6 (`::ffff:192.0.2.1`). */
  has(address: string): boolean {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
    if (isIPv4(plain)) return this.#ranges.check(plain, 'ipv4');
    return isIPv6(plain) && this.#ranges.check(plain, 'ipv6');
  }
}

/** True where every address of one range is in a range of the others. */
export const isWithin = (text: string, others: readonly string[]): boolean => {
  const { address, bits, family } = partsOf(text);
  return others.some((other) => {
    const outer = partsOf(other);
    return outer.family === family && outer.bits <= bits && new AddressRanges([other]).has(address);
  });
};

function partsOf(text: string) {
  const [address = '', bits] = text.split('/');
  const family = isIPv4(address) ? ('ipv4' as const) : ('ipv6' as const);
  return {
    address,
    family,
    bits: bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits),
  };
}
