import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testWorld } from '../../test/test-world.ts'
import { httpApp } from './server.ts'
import { readTrustedProxies } from './trusted-proxies.ts'

const { db } = await freshDb()

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
