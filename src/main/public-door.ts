import { readFile } from 'node:fs/promises'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { PublicDoor } from '../flows/act/public/public-routes.ts'
import type { World } from '../flows/world.ts'
import { rateLimit } from './rate-limit.ts'
import { originOf, type TrustedProxies } from './trusted-proxies.ts'

const TOKENS = new URL('../web/tokens.css', import.meta.url)

/** More codes of vouchers than this nobody has to look up in a minute; whoever tries more is guessing. */
const CODES_PER_MINUTE = 10

/** The door of the public pages: as many requests a minute from one address as a key may send, and few codes. */
export async function publicDoor(
  world: World,
  { ratePerMinute, trustedProxies }: Readonly<{ ratePerMinute: number; trustedProxies: TrustedProxies }>,
): Promise<PublicDoor> {
  const limits = {
    page: rateLimit(ratePerMinute),
    'voucher-code': rateLimit(Math.min(CODES_PER_MINUTE, ratePerMinute)),
  }
  return {
    tokens: await readFile(TOKENS, 'utf8'),
    admits: (c, what) => limits[what](addressOf(c, trustedProxies), world.now()).allowed,
  }
}

/** Where the request came from; a test that calls without a network comes from nowhere. */
function addressOf(c: Context, proxies: TrustedProxies): string {
  const socket = c.env?.incoming === undefined ? undefined : getConnInfo(c).remote.address
  return socket === undefined ? 'nowhere' : originOf(proxies, socket, c.req.header('x-forwarded-for'))
}
