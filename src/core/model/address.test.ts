import { expect, test } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';

test.each([
  ['1', '01'],
  ['01/2', '01/02'],
  ['1/02/3', '01/02/03'],
  ['1/2/100', '01/02/100'],
])('%s is read and written as %s', (typed, written) => {
  const address = parseAddress(typed);
  expect(address && formatAddress(address)).toBe(written);
});

test.each(['', '0', '1/0', '01/02/03/04', 'a/b', '-1', '1//2', '../1', '1/2/3\n4'])(
  '%j is no address',
  (typed) => {
    expect(parseAddress(typed)).toBeUndefined();
  },
);
