import { expect, it } from 'vitest';
import { networkOf } from './network-of.ts';

it('takes an IPv4 address whole, also one that is written as IPv6', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
});

it('takes the first half of an IPv6 address, however it is written', () => {
  for (const address of ['2001:db8::1', '2001:DB8:0:0:ffff::2', '2001:0db8:0:0:1:2:3:4'])
    expect(networkOf(address)).toBe('2001:db8:0:0::/64');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
});
