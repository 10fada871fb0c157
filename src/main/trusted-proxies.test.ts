import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { Misconfigured } from './misconfigured.ts'
import { originOf, readTrustedProxies } from './trusted-proxies.ts'

function trusting(text: string) {
  const read = readTrustedProxies(text)
  if (read.kind === 'wrong') throw new Error(read.part)
  return read.proxies
}

describe('where a request came from', () => {
  test.each([
    ['nobody is trusted: the header is anybody’s word', '', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['the proxy is trusted', '10.0.0.0/8', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['what the customer wrote before it is not', '10.0.0.0/8', '10.1.2.3', '192.0.2.1, 198.51.100.1', '198.51.100.1'],
    ['a second proxy is passed over', '10.0.0.0/8,192.0.2.7', '10.1.2.3', '198.51.100.1, 192.0.2.7', '198.51.100.1'],
    ['a stranger names a trusted address', '10.0.0.0/8', '203.0.113.9', '10.0.0.1', '203.0.113.9'],
    ['there is no header', '10.0.0.0/8', '10.1.2.3', undefined, '10.1.2.3'],
    ['the header holds no address', '10.0.0.0/8', '10.1.2.3', 'unknown', '10.1.2.3'],
    ['an IPv4 address in the way of IPv6', '10.0.0.0/8', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['IPv6', '2001:db8::/32', '2001:db8::1', '2001:db9::5', '2001:db9::5'],
    ['only proxies: the farthest of them', '10.0.0.0/8', '10.1.2.3', '10.9.9.9, 10.8.8.8', '10.9.9.9'],
  ])('%s', (_, proxies, socket, header, origin) => {
    expect(originOf(trusting(proxies), socket, header)).toBe(origin)
  })
})

describe('a value that makes no sense is named at the start', () => {
  test.each(['localhost', '10.0.0.0/33', '10.0.0/8', '::1/129', '10.0.0.0/8/8', '10.0.0.1;10.0.0.2'])('%s', (part) => {
    expect(() => readConfig({ AMENDS_TRUSTED_PROXIES: `127.0.0.1, ${part}` })).toThrow(Misconfigured)
    expect(() => readConfig({ AMENDS_TRUSTED_PROXIES: part })).toThrow(
      `AMENDS_TRUSTED_PROXIES names "${part}", and must list`,
    )
  })
})
