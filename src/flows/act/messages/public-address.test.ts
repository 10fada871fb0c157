import { describe, expect, test } from 'vitest'
import { wrongUrl } from './post-webhook.ts'
import { isPublicAddress } from './public-address.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  '2002:7f00:1::1',
  '2001::1',
  'localhost',
  '',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

describe('an address for events', () => {
  test.each([
    'http://example.org/',
    'ftp://example.org/',
    'https://name:password@example.org/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'not an address',
  ])('%s is refused', (url) => {
    expect(wrongUrl(url, false)).toBeTypeOf('string')
  })
  test('is taken when public and https, and in the own network when the operator allows it', () => {
    expect(wrongUrl('https://example.org/hook?a=b', false)).toBeUndefined()
    expect(wrongUrl('http://127.0.0.1:8080/', true)).toBeUndefined()
  })
})
