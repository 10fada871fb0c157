import { type Context, Hono } from 'hono'
import { casePageTexts } from '../../../contract/page-texts/case-page-words.ts'
import { openPromises, type RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { findOffer, type StoredOffer } from '../../../store/offers.ts'
import { readSettings } from '../../../store/settings.ts'
import { aboutOf, readAddressee, statusPath } from '../../case-mail.ts'
import { Refusal, readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { chooseRemedy, offerStanding, SOMETHING_ELSE } from '../cases/choose-remedy.ts'
import { offerOfLink } from './case-link.ts'
import { type Frame, PUBLIC_HEADERS, readFrame } from './page.ts'
import { choicePage, chosenPage, noChoicePage } from './remedy-page.ts'

const FORM_BYTES_MAX = 4_096
const CHOICE = /^(?:-1|\d)$/

/** The page on which a customer chooses how it is put right. A choice is made once. */
export function remedyRoutes(world: World): Hono {
  const routes = new Hono()
  routes.get('/remedy/:token', async (c) => {
    const { state, offer } = await readOffer(world, c)
    const frame = await readFrame(world, c)
    return answer(world, c, frame, { state, offer })
  })
  routes.post('/remedy/:token', async (c) => {
    const { state, offer } = await readOffer(world, c)
    const frame = await readFrame(world, c)
    const typed = new URLSearchParams(await readText(c, FORM_BYTES_MAX)).get('choice') ?? ''
    const choice = CHOICE.test(typed) ? Number(typed) : Number.NaN
    if (choice !== SOMETHING_ELSE && offer.choices[choice] === undefined) {
      return answer(world, c, frame, { state, offer, missing: true })
    }
    const place = { customer: state.customer, case: state.case, offer: offer.id }
    const chosen = await chooseRemedy(world, place, choice, frame.language)
    if (chosen.kind !== 'chosen') return answer(world, c, frame, await readOffer(world, c))
    const told = { ...(await aroundOf(world, c, frame, state)), ...chosen, before: false }
    // A code that goes by mail is not shown as well: whoever looks over her shoulder would have it.
    const code = chosen.mailed ? null : chosen.code
    return c.html(chosenPage(frame, chosen.offer, { ...told, code }), 200, PUBLIC_HEADERS)
  })
  return routes
}

async function readOffer(world: World, c: Context): Promise<Readonly<{ state: RecoveryCase; offer: StoredOffer }>> {
  const { state, offer: name } = await offerOfLink(world, c)
  const offer = await findOffer(world.db, state, name)
  if (offer === undefined) throw new Refusal('link-over', 'The offer is gone.')
  return { state, offer }
}

async function aroundOf(world: World, c: Context, frame: Frame, state: RecoveryCase) {
  return {
    path: `/remedy/${c.req.param('token')}`,
    what: await aboutOf(world.db, state, frame.language),
    currency: state.currency ?? (await readSettings(world.db)).currency,
    status: await statusPath(world.db, state, world.now()),
  }
}

type Shown = Readonly<{ state: RecoveryCase; offer: StoredOffer; missing?: boolean }>

async function answer(world: World, c: Context, frame: Frame, { state, offer, missing = false }: Shown) {
  const around = await aroundOf(world, c, frame, state)
  const w = casePageTexts[frame.language].remedy
  switch (offerStanding(state, offer, world.now())) {
    case 'open':
      return c.html(choicePage(frame, offer, { ...around, missing }), missing ? 422 : 200, PUBLIC_HEADERS)
    case 'chosen': {
      const { way } = await readAddressee(world, world.db, state)
      const answerBy = openPromises(state).findLast(({ promise }) => promise === 'answer')?.due ?? null
      const told = { code: null, mailed: way === 'open', answerBy, before: true }
      return c.html(chosenPage(frame, offer, { ...around, ...told }), 200, PUBLIC_HEADERS)
    }
    case 'over':
      return c.html(noChoicePage(frame, w.over, around), 410, PUBLIC_HEADERS)
    case 'changed':
      return c.html(noChoicePage(frame, w.changed, around), 409, PUBLIC_HEADERS)
  }
}
