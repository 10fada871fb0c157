import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { isStorable } from '../../../contract/ingest.ts'
import { openClocks } from '../../../core/cases/case-clocks.ts'
import { type CaseStanding, caseStanding, mayAdd } from '../../../core/cases/case-standing.ts'
import { openPromises, type RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { UUID } from '../../../core/ids.ts'
import { type Instant, instant } from '../../../core/time/instant.ts'
import { readEntries } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { readOffers } from '../../../store/offers.ts'
import { aboutOf, ownerOf, remedyPath } from '../../case-mail.ts'
import { readCaseStandards } from '../../case-standards.ts'
import { readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { addWords } from '../cases/answer-question.ts'
import { offerStanding } from '../cases/choose-remedy.ts'
import { caseOfLink } from './case-link.ts'
import { type CaseShown, casePage } from './case-page.ts'
import { type Frame, PUBLIC_HEADERS, readFrame } from './page.ts'

const TEXT_LENGTH_MAX = 5_000
/** Each letter takes up to nine bytes of a form. */
const FORM_BYTES_MAX = 65_536
const SEE_OTHER = 303

/** The page on which a customer sees how her case stands, and adds to it. */
export function casePageRoutes(world: World): Hono {
  const routes = new Hono()
  const pathOf = (c: Context) => `/case/${c.req.param('token')}`
  routes.get('/case/:token', async (c) => {
    const state = await caseOfLink(world, c)
    const frame = await readFrame(world, c)
    const form = { path: pathOf(c), id: randomUUID(), typed: '', wrong: false, added: c.req.query('added') === '1' }
    return c.html(casePage(frame, await shownOf(world, frame, state), form), 200, PUBLIC_HEADERS)
  })
  routes.post('/case/:token', async (c) => {
    const state = await caseOfLink(world, c)
    const frame = await readFrame(world, c)
    const form = new URLSearchParams(await readText(c, FORM_BYTES_MAX))
    const typed = wordsOf(form.get('text') ?? '')
    const id = form.get('id') ?? ''
    if (typed === '' || typed.length > TEXT_LENGTH_MAX || !UUID.test(id)) {
      const again = { path: pathOf(c), id: randomUUID(), typed, wrong: true, added: false }
      return c.html(casePage(frame, await shownOf(world, frame, state), again), 422, PUBLIC_HEADERS)
    }
    const added = await addWords(world, { customer: state.customer, case: state.case }, { id, text: typed })
    const query = `?lang=${frame.language}${added.kind === 'added' ? '&added=1' : ''}`
    return c.body(null, SEE_OTHER, { ...PUBLIC_HEADERS, location: `${pathOf(c)}${query}` })
  })
  return routes
}

const wordsOf = (text: string): string => {
  const whole = isStorable(text) ? text : text.toWellFormed().replaceAll('\0', '')
  return whole
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .trim()
}

async function shownOf(world: World, { language }: Frame, one: RecoveryCase): Promise<CaseShown> {
  const { db } = world
  const now = world.now()
  const [open] = (await readOffers(db, one)).filter((offer) => offerStanding(one, offer, now) === 'open')
  const standing = open === undefined ? caseStanding(one) : 'choice'
  return {
    number: one.case,
    what: await aboutOf(db, one, language),
    standing,
    since: one.openedAt,
    who: await ownerOf(db, one, language),
    nextBy: open === undefined ? await nextBy(db, one, standing, now) : null,
    promises: await promisesOf(db, one),
    choose: open === undefined ? null : await remedyPath(db, open),
    mayAdd: mayAdd(one),
  }
}

/** By when the firm owes the next thing: what was promised, else its own clock. A time that is over is not told as ahead. */
async function nextBy(tx: Tx, one: RecoveryCase, standing: CaseStanding, now: Instant): Promise<Instant | null> {
  if (standing === 'fixed' || standing === 'confirmed' || standing === 'closed') return null
  const answer = openPromises(one).filter(({ promise, due }) => promise === 'answer' && due > now)
  const { policy } = await readCaseStandards(tx)
  const clocks = openClocks(one, policy, now)
  const ends =
    standing === 'agreed' || standing === 'money' || answer.length === 0
      ? clocks.flatMap(({ clock }) => clock.dueAt ?? [])
      : answer.map(({ due }) => due)
  const ahead = ends.filter((at) => at > now)
  return ahead.length === 0 ? null : instant(Math.min(...ahead))
}

async function promisesOf(tx: Tx, one: RecoveryCase): Promise<CaseShown['promises']> {
  const entries = await readEntries(tx, one.customer, one.case)
  const said = new Map(
    entries.flatMap(({ entry }) => (entry.kind === 'promised' ? [[entry.id, entry.what] as const] : [])),
  )
  const { remedy, fixedAt } = one.round
  const agreed =
    remedy === null || remedy.fixBy === null ? [] : [{ what: remedy.what, due: remedy.fixBy, isKept: fixedAt !== null }]
  const promised = one.promises.map(({ id, promise, due, keptAt }) => {
    const what = said.get(id) ?? ''
    return { what: promise === 'answer' || what === '' ? null : what, due, isKept: keptAt !== null }
  })
  return [...agreed, ...promised]
}
