import { type Context, Hono } from 'hono'
import { customerLocales } from '../../../contract/customer-languages.ts'
import type { WishedEnd } from '../../../core/exits/exit-case.ts'
import { findExitByNumber, type StoredExit } from '../../../store/exits.ts'
import { personOf } from '../../person-of.ts'
import { readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { askForReferral, chooseCredit, creditLeft, owedAtExit, shownReferral } from '../exits/settle-with-customer.ts'
import { claimOfLink, linkOver } from './link-claim.ts'
import { PUBLIC_HEADERS, readFrameIn } from './page.ts'
import { settlePage } from './settle-page.ts'

const FORM_BYTES_MAX = 1_024
const ENDS: readonly WishedEnd[] = ['kept', 'paid-out']

/** What becomes of credit, what was settled, and where to go: behind a link that was mailed to the known address. */
export function settlePages(world: World): Hono {
  const routes = new Hono()
  const shown = async (c: Context, { id }: StoredExit): Promise<Response> => {
    const stored = await findExitByNumber(world.db, id)
    if (stored === undefined) throw linkOver()
    const frame = await readFrameIn(world, c, customerLocales)
    const [credit, owed, referral] = await Promise.all([
      creditLeft(world.db, stored),
      owedAtExit(world.db, stored, world.now()),
      shownReferral(world.db),
    ])
    const path = `/settle/${c.req.param('token')}`
    return c.html(settlePage(frame, { stored, credit, owed, referral, path }), 200, PUBLIC_HEADERS)
  }
  routes.get('/settle/:token', async (c) => shown(c, await exitOf(world, c)))
  routes.post('/settle/:token', async (c) => {
    const stored = await exitOf(world, c)
    const form = new URLSearchParams(await readText(c, FORM_BYTES_MAX))
    const end = ENDS.find((one) => one === form.get('vouchers'))
    if (end !== undefined) await chooseCredit(world, stored, end)
    if (form.get('do') === 'refer') await askForReferral(world, stored.id)
    return shown(c, stored)
  })
  return routes
}

async function exitOf(world: World, c: Context): Promise<StoredExit> {
  const { customer, subject } = await claimOfLink(world, c, 'exit-settle')
  const stored = await findExitByNumber(world.db, subject)
  if (stored?.customer !== customer) throw linkOver()
  // After erasure there is nothing left to tell.
  if ((await personOf(world.db, stored.customer))?.state.person.erased !== false) throw linkOver()
  return stored
}
