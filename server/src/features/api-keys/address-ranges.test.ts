import { expect, it } from 'vitest';
import { AddressRanges, isWithin } from './address-ranges.ts';

it.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.9.8.7/8', '10.0.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1', '192.0.2.2', false],
  ['192.0.2.0/24', '::ffff:192.0.2.7', true],
  ['192.0.2.0/24', '::FFFF:192.0.3.7', false],
  ['2001:db8::/32', '2001:db8:1::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['fe80::/10', 'fe80::1%eth0', true],
  ['0.0.0.0/0', '198.51.100.1', true],
  ['0.0.0.0/0', 'unknown', false],
  ['0.0.0.0/0', '', false],
])('%s holds %s: %s', (range, address, held) => {
  expect(new AddressRanges([range]).has(address)).toBe(held);
});

it('tells a range that is within others', () => {
  expect(isWithin('10.1.0.0/16', ['192.0.2.0/24', '10.0.0.0/8'])).toBe(true);
  expect(isWithin('10.0.0.0/8', ['10.0.0.0/8'])).toBe(true);
  expect(isWithin('10.0.0.0/7', ['10.0.0.0/8'])).toBe(false);
  expect(isWithin('2001:db8:1::/48', ['2001:db8::/32'])).toBe(true);
  expect(isWithin('::/0', ['0.0.0.0/0'])).toBe(false);
});
