import type { Context } from 'hono'
import { personOf } from '../../person-of.ts'
import { Refusal } from '../../respond.ts'
import { type LinkClaim, type LinkPurpose, readLink, readLinkKey } from '../../signed-link.ts'
import type { World } from '../../world.ts'

/** What a page says whose link leads nowhere any more. */
export const linkOver = () => new Refusal('link-over', 'The link is over, or was changed.')

/**
 * What the link of this page lets its holder do. Refused once it is over, was changed, or the customer was erased: what
 * somebody writes after that would be kept of a person who asked to be forgotten.
 */
export async function claimOfLink(world: World, c: Context, purpose: LinkPurpose): Promise<LinkClaim> {
  const link = readLink(await readLinkKey(world.db), purpose, c.req.param('token') ?? '', world.now())
  if (link.kind !== 'valid') throw linkOver()
  if ((await personOf(world.db, link.claim.customer))?.state.person.erased === true) throw linkOver()
  return link.claim
}
