import { expect, it } from 'vitest'
import { addressOf } from './host-addresses.js'
import { isPublicAddress } from './special-addresses.js'
import { readTargetUrl } from './target-url.js'

const outside = { mayReachLoopback: false }
const rehearsal = { mayReachLoopback: true }

it('calls addresses public that everybody can reach, and none of the special ranges of both registries', () => {
  for (const address of ['8.8.8.8', '93.184.215.14', '172.32.0.1', '100.128.0.1', '192.0.1.1', '198.20.0.1'])
    expect([address, isPublicAddress(address)]).toEqual([address, true])
  for (const address of ['2606:4700::1111', '2a00:1450:4001::200e', '2001:200::1', '2003::1'])
    expect([address, isPublicAddress(address)]).toEqual([address, true])
  const special = [
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1'],
    ...['127.255.255.254', '169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1'],
    ...['192.0.0.170', '192.0.2.1', '192.31.196.1', '192.52.193.1', '192.88.99.1', '192.168.0.1'],
    ...['192.175.48.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1'],
    ...['239.255.255.255', '240.0.0.1', '255.255.255.255', '168.63.129.16', '100.100.100.200'],
    // Unspecified, loopback, IPv4 in several disguises, NAT64, discard, Teredo, ORCHID, documentation, 6to4.
    ...['::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:0:127.0.0.1'],
    ...['64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::1', '100::1', '100:0:0:1::1', '2001::1'],
    ...['2001:0:4136:e378::1', '2001:2::1', '2001:10::1', '2001:20::1', '2001:30::1', '2001:db8::1'],
    ...['2002:7f00:1::1', '2002:808:808::1', '2620:4f:8000::1', '3fff::1', '5f00::1', 'fc00::1'],
    ...['fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '4000::1'],
    ...['', 'localhost', '8.8.8', '8.8.8.8.8', '0x8.8.8.8'],
  ]
  for (const address of special) expect([address, isPublicAddress(address)]).toEqual([address, false])
})

it('reads https addresses with a public host, and no odd spelling of an inner one', () => {
  for (const url of ['https://hooks.example.com/', 'https://a.example.co.uk:8443/x?y=z', 'https://8.8.8.8/'])
    expect([url, readTargetUrl(url, outside)?.href]).toEqual([url, url])
  expect(readTargetUrl('https://[2606:4700::1111]/', outside)).not.toBeNull()
  const refused = [
    ...[
      'http://hooks.example.com/',
      'ftp://hooks.example.com/',
      'file:///etc/passwd',
      'javascript:1',
      'https:',
    ],
    ...['https://user@hooks.example.com/', 'https://user:secret@hooks.example.com/', 'https://@8.8.8.8/'],
    ...['https://hooks.example.com/#part', 'https://hooks.example.com/ x', ' https://hooks.example.com/'],
    ...[
      'https:\\\\hooks.example.com\\',
      'https://hooks.example.com\n.evil.example/',
      'https://hooks\t.example/',
    ],
    ...[
      'https://localhost/',
      'https://localhost:4000/',
      'https://hub/',
      'https://hub.',
      'https://example.com./',
    ],
    ...['https://127.0.0.1/', 'https://127.0.0.1./', 'https://127.1/', 'https://127.0.1/', 'https://0/'],
    ...['https://2130706433/', 'https://0x7f000001/', 'https://0x7f.0.0.1/', 'https://0177.0.0.1/'],
    ...['https://017700000001/', 'https://１２７.0.0.1/', 'https://127。0。0。1/', 'https://①②⑦.0.0.1/'],
    ...['https://134744072/', 'https://0x08080808/', 'https://8.8.2056/', 'https://８.8.8.8/'],
    ...['https://10.0.0.1/', 'https://192.168.0.1/', 'https://169.254.169.254/latest/', 'https://0.0.0.0/'],
    ...['https://[::1]/', 'https://[::]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/'],
    ...['https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/', 'https://[fe80::1]/', 'https://[fd00::1]/'],
    ...['https://[0:0:0:0:0:ffff:127.0.0.1]/', 'https://[::ffff:8.8.8.8]/', 'https://[::1%25lo]/'],
    ...[
      'https://-.example.com/',
      'https://a..example.com/',
      'https://example.c/',
      `https://${'a'.repeat(64)}.com/`,
    ],
    ...['https://example.123/', `https://example.com/${'a'.repeat(2048)}`, 'hooks.example.com', ''],
  ]
  for (const url of refused) expect([url, readTargetUrl(url, outside)]).toEqual([url, null])
})

it('lets the rehearsal alone reach this machine, also without encryption, and nothing else inside', () => {
  const local = [
    'http://127.0.0.1:4020/x',
    'http://localhost:4020/x',
    'http://[::1]:4020/x',
    'https://localhost/',
  ]
  for (const url of local) {
    expect([url, readTargetUrl(url, rehearsal) !== null]).toEqual([url, true])
    expect([url, readTargetUrl(url, outside)]).toEqual([url, null])
  }
  for (const url of [
    'http://10.0.0.1/',
    'http://hooks.example.com/',
    'http://169.254.169.254/',
    'http://2130706433/',
  ])
    expect([url, readTargetUrl(url, rehearsal)]).toEqual([url, null])
})

it('goes by all addresses of a name, and tells an unknown one from one that leads inside', async () => {
  const answers = (...addresses: string[]) => ({ ...outside, resolveHost: () => Promise.resolve(addresses) })
  const url = new URL('https://hooks.example.com/')
  expect(await addressOf(url, answers('2606:4700::1', '8.8.8.8'))).toEqual({ address: '8.8.8.8' })
  for (const inner of ['127.0.0.1', '::ffff:10.0.0.1', 'fe80::1%eth0', 'not-an-address'])
    expect(await addressOf(url, answers('8.8.8.8', inner))).toEqual({ failure: 'ADDRESS_NOT_PUBLIC' })
  expect(await addressOf(url, answers())).toEqual({ failure: 'HOST_NOT_FOUND' })
  const failing = { ...outside, resolveHost: () => Promise.reject(new Error('ENOTFOUND')) }
  expect(await addressOf(url, failing)).toEqual({ failure: 'HOST_NOT_FOUND' })
})
