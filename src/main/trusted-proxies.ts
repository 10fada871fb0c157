import { BlockList, isIP } from 'node:net'

/** The proxies whose word about where a request came from is believed. */
export type TrustedProxies = Readonly<{ trusts: (address: string) => boolean }>

const FAMILY_BITS = { ipv4: 32, ipv6: 128 } as const

/** A list of addresses and CIDR ranges, parted by commas; or the part of it that is neither. */
export function readTrustedProxies(
  text: string,
): Readonly<{ kind: 'read'; proxies: TrustedProxies } | { kind: 'wrong'; part: string }> {
  const list = new BlockList()
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue
    if (!addRange(list, part)) return { kind: 'wrong', part }
  }
  const trusts = (address: string): boolean => {
    const family = familyOf(address)
    return family !== undefined && list.check(address, family)
  }
  return { kind: 'read', proxies: { trusts: (address) => trusts(plain(address)) } }
}

const familyOf = (address: string): keyof typeof FAMILY_BITS | undefined => {
  const version = isIP(address)
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined
}

function addRange(list: BlockList, part: string): boolean {
  const [address = '', bits, ...more] = part.split('/')
  const family = familyOf(address)
  if (family === undefined || more.length > 0) return false
  if (bits === undefined) {
    list.addAddress(address, family)
    return true
  }
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > FAMILY_BITS[family]) return false
  list.addSubnet(address, Number(bits), family)
  return true
}

/** A socket that listens to both families names an IPv4 address in the way of IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

/**
 * Where a request came from: the address of the socket, unless that is a trusted proxy. Then the header is read from its
 * end, where the nearest proxy wrote, back to the first address that no trusted proxy has: what stands before it can
 * have been written by anybody.
 */
export function originOf(proxies: TrustedProxies, socket: string, forwardedFor: string | undefined): string {
  let from = plain(socket)
  for (const hop of (forwardedFor ?? '').split(',').toReversed()) {
    const address = plain(hop.trim())
    if (!proxies.trusts(from) || isIP(address) === 0) return from
    from = address
  }
  return from
}
