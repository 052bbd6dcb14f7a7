import { expect, it } from 'vitest'
import { addressesWithin, readAddressRange } from './address-range.js'

it('reads addresses and ranges of both families, and nothing that only looks like one', () => {
  expect(readAddressRange('192.0.2.0/24')).toEqual({ address: '192.0.2.0', prefix: 24, family: 'ipv4' })
  expect(readAddressRange('192.0.2.7')).toMatchObject({ prefix: 32 })
  expect(readAddressRange('2001:db8::/32')).toMatchObject({ prefix: 32, family: 'ipv6' })
  expect(readAddressRange('::1')).toMatchObject({ prefix: 128 })
  for (const odd of [
    '',
    'localhost',
    '192.0.2.0/33',
    '192.0.2.0/0',
    '::/0',
    '192.0.2.0/',
    '192.0.2.0/24/8',
    '192.0.2/24',
    'fe80::1%eth0',
    '010.0.0.1',
    '2001:db8::/129',
    '192.0.2.0/2 4',
  ])
    expect([odd, readAddressRange(odd)]).toEqual([odd, null])
})

it('knows who is within, however the address is written', () => {
  const isWithin = addressesWithin(['192.0.2.0/24', '2001:db8::/32', '198.51.100.7'])
  for (const inside of ['192.0.2.0', '192.0.2.255', '::ffff:192.0.2.9', '2001:db8:1::5', '198.51.100.7'])
    expect([inside, isWithin(inside)]).toEqual([inside, true])
  for (const outside of ['192.0.3.0', '::ffff:192.0.3.0', '2001:db9::', '198.51.100.8', '::1', 'x', ''])
    expect([outside, isWithin(outside)]).toEqual([outside, false])
})
