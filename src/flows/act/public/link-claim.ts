import type { Context } from 'hono'
import { personOf } from '../../person-of.ts'
import { Refusal } from '../../respond.ts'
import { type LinkClaim, type LinkPurpose, readLink, readLinkKey } from '../../signed-link.ts'
import type { World } from '../../world.ts'

/** What a page says whose link leads nowhere any more. */
export const linkOver = () => new Refusal('link-over', 'The link is over, or was changed.')

/** What the link of this page lets its holder do. Refused once it is over or was changed. */
export async function claimOfLink(world: World, c: Context, purpose: LinkPurpose): Promise<LinkClaim> {
  const link = readLink(await readLinkKey(world.db), purpose, c.req.param('token') ?? '', world.now())
  if (link.kind !== 'valid') throw linkOver()
  return link.claim
}

/**
 * The same for pages on which something is written. Refused also once the customer was erased: it would be kept of a
 * person who asked to be forgotten.
 */
export async function claimToWrite(world: World, c: Context, purpose: LinkPurpose): Promise<LinkClaim> {
  const claim = await claimOfLink(world, c, purpose)
  if ((await personOf(world.db, claim.customer))?.state.person.erased === true) throw linkOver()
  return claim
}
