import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testWorld } from '../../test/test-world.ts'
import { httpApp } from './server.ts'
import { readTrustedProxies } from './trusted-proxies.ts'

const { db } = await freshDb()

test('codes of vouchers are tried ten times a minute, and other pages stay open', async () => {
  const app = await httpApp(testWorld(db), { ratePerMinute: 1_000, trustedProxies: { trusts: () => false } })
  const tries: number[] = []
  for (let nth = 0; nth < 12; nth += 1) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    tries.push((await app.request('/voucher', { method: 'POST', headers, body: 'code=guess' })).status)
  }
  expect(tries).toEqual([...Array.from({ length: 10 }, () => 404), 429, 429])
  expect((await app.request('/voucher')).status).toBe(200)
})

test('behind a trusted proxy each customer has a limit of his own; without one the proxy has one for all', async () => {
  const statuses = async (proxies: string, customers: readonly string[]) => {
    const read = readTrustedProxies(proxies)
    if (read.kind === 'wrong') throw new Error(read.part)
    const app = await httpApp(testWorld(db), { ratePerMinute: 1, trustedProxies: read.proxies })
    const env = { incoming: { socket: { remoteAddress: '10.1.2.3', remotePort: 1, remoteFamily: 'IPv4' } } }
    const seen: number[] = []
    for (const customer of customers) {
      const headers = { 'x-forwarded-for': customer }
      seen.push((await app.request('/leave', { headers }, env)).status)
    }
    return seen
  }
  const customers = ['198.51.100.1', '198.51.100.2', '198.51.100.1', '192.0.2.9, 198.51.100.2']
  expect(await statuses('10.0.0.0/8', customers)).toEqual([200, 200, 429, 429])
  expect(await statuses('', customers)).toEqual([200, 429, 429, 429])
})
