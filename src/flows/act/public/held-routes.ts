import { type Context, Hono } from 'hono'
import { readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { askOwnData } from '../privacy/ask-about-data.ts'
import { changePreferences, noToOffers } from '../privacy/change-preferences.ts'
import { canHandOver } from '../privacy/hand-over-data.ts'
import { forgetMoment, hearMoment, hearProfiling } from '../privacy/hear-customer.ts'
import { showHeld } from '../privacy/show-held.ts'
import { type HeldDone, heldPage } from './held-page.ts'
import { claimOfLink, linkOver } from './link-claim.ts'
import { type Frame, PUBLIC_HEADERS, readFrame } from './page.ts'
import { typedText } from './read-notice.ts'

const FORM_BYTES_MAX = 8_192
const WORDS_LENGTH_MAX = 1_000
/** The word under which a death is kept that somebody told on this page. */
const DEATH = 'bereavement'

/** What is held, why, and objecting: behind a link that was signed for one customer. */
export function heldPages(world: World): Hono {
  const routes = new Hono()
  const shown = async (c: Context, frame: Frame, customer: string, done: HeldDone): Promise<Response> => {
    const of = await showHeld(world, customer)
    if (of === undefined) throw linkOver()
    const path = `/your-data/${c.req.param('token')}`
    return c.html(heldPage(frame, { of, path, done, takesRequests: canHandOver(world) }), 200, PUBLIC_HEADERS)
  }
  routes.get('/your-data/:token', async (c) => shown(c, await readFrame(world, c), await customerOf(world, c), null))
  routes.post('/your-data/:token', async (c) => {
    const customer = await customerOf(world, c)
    const frame = await readFrame(world, c)
    const form = new URLSearchParams(await readText(c, FORM_BYTES_MAX))
    return shown(c, frame, customer, await carryOut(world, customer, form, frame))
  })
  return routes
}

async function customerOf(world: World, c: Context): Promise<string> {
  return (await claimOfLink(world, c, 'privacy')).customer
}

async function carryOut(world: World, customer: string, form: URLSearchParams, frame: Frame): Promise<HeldDone> {
  const what = form.get('do')
  switch (what) {
    case 'refuse':
    case 'allow':
      await hearProfiling(world, customer, what === 'refuse', 'customer')
      return what
    case 'no-offers':
      await changePreferences(world, customer, noToOffers)
      return what
    case 'death':
      await hearMoment(world, customer, { kind: DEATH, on: null }, 'customer')
      return what
    case 'death-back':
      await forgetMoment(world, customer, DEATH, 'customer')
      return what
    case 'access':
    case 'erasure':
    case 'correction': {
      const words = typedText(form, 'words')
      if (words.length > WORDS_LENGTH_MAX || (what === 'correction' && words === '')) return 'nothing'
      return askOwnData(world, customer, { kind: what, words: words === '' ? null : words, language: frame.language })
    }
    default:
      return null
  }
}
