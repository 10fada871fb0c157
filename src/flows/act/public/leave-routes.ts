import { type Context, Hono } from 'hono'
import { customerLocales } from '../../../contract/customer-languages.ts'
import { leaveTexts } from '../../../contract/page-texts/page-words.ts'
import { type ExitWay, kindsOf } from '../../../core/exits/exit-ways.ts'
import { DAY_MS, type Instant, instant } from '../../../core/time/instant.ts'
import { readOfferedWays } from '../../../store/exit-settings.ts'
import { findExitByNumber } from '../../../store/exits.ts'
import { readText } from '../../respond.ts'
import { type LinkPurpose, readLink, readLinkKey, signLink } from '../../signed-link.ts'
import type { World } from '../../world.ts'
import { exitNumber, requestExit } from '../exits/request-exit.ts'
import { contentOf } from '../exits/say-notice.ts'
import { donePage, firstStep, type LeaveFrame, oneForm, type Receipt, receiptText, secondStep } from './leave-page.ts'
import { linkOver } from './link-claim.ts'
import { PUBLIC_HEADERS, readFrameIn } from './page.ts'
import { type Declared, nothingTyped, readNotice, type Typed, typedOf, type Wrong } from './read-notice.ts'

const FORM_BYTES_MAX = 65_536
const REQUEST_DAYS = 7
const RECEIPT_DAYS = 90
const SEE_OTHER = 303
const INCOMPLETE = 422

/** Leaving without signing in: the page for everything in two steps, the two functions of the law, and what follows. */
export function leaveRoutes(world: World): Hono {
  const routes = new Hono()
  allInTwoSteps(routes, world)
  byOneForm(routes, world, 'cancel')
  byOneForm(routes, world, 'withdraw')
  routes.get('/leave/done/:token', async (c) => {
    const frame = await frameOf(world, c)
    const receipt = await readReceipt(world, c, frame)
    return c.html(donePage(frame, receipt, `/leave/done/${c.req.param('token')}`), 200, PUBLIC_HEADERS)
  })
  routes.get('/leave/done/:token/file', async (c) => {
    const frame = await frameOf(world, c)
    const receipt = await readReceipt(world, c, frame)
    return c.body(receiptText(frame, receipt), 200, {
      ...PUBLIC_HEADERS,
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName(frame, receipt)}"`,
    })
  })
  return routes
}

const frameOf = (world: World, c: Context): Promise<LeaveFrame> => readFrameIn(world, c, customerLocales)

function allInTwoSteps(routes: Hono, world: World): void {
  const form = async (frame: LeaveFrame, typed: Typed, wrong: readonly Wrong[]) =>
    firstStep(frame, { typed, wrong, kinds: kindsOf('leave', await readOfferedWays(world.db)) })
  routes.get('/leave', async (c) => c.html(await form(await frameOf(world, c), nothingTyped, []), 200, PUBLIC_HEADERS))
  routes.post('/leave', async (c) => {
    const frame = await frameOf(world, c)
    const sent = await readForm(c)
    const typed = typedOf(sent)
    if (sent.get('back') !== null) return c.html(await form(frame, typed, []), 200, PUBLIC_HEADERS)
    const read = readNotice(typed)
    if (read.kind === 'wrong') return c.html(await form(frame, typed, read.fields), INCOMPLETE, PUBLIC_HEADERS)
    const now = world.now()
    const token = await newToken(world)
    return c.html(secondStep(frame, { typed, notice: read.notice, token, now }), 200, PUBLIC_HEADERS)
  })
  routes.post('/leave/confirm', async (c) => {
    const frame = await frameOf(world, c)
    const sent = await readForm(c)
    const typed = typedOf(sent)
    const read = readNotice(typed)
    if (read.kind === 'wrong') return c.html(await form(frame, typed, read.fields), INCOMPLETE, PUBLIC_HEADERS)
    return confirmed(world, c, frame, { notice: read.notice, token: sent.get('token') ?? '' })
  })
}

function byOneForm(routes: Hono, world: World, way: Exclude<ExitWay, 'leave'>): void {
  const form = async (frame: LeaveFrame, typed: Typed, wrong: readonly Wrong[], token: string) =>
    oneForm(frame, way, { typed, wrong, kinds: kindsOf(way, await readOfferedWays(world.db)), token })
  routes.get(`/${way}`, async (c) => {
    const frame = await frameOf(world, c)
    // A function that the firm does not offer is no dead end.
    if (!(await readOfferedWays(world.db))[way])
      return c.body(null, SEE_OTHER, { ...PUBLIC_HEADERS, location: `/leave?lang=${frame.language}` })
    return c.html(await form(frame, nothingTyped, [], await newToken(world)), 200, PUBLIC_HEADERS)
  })
  routes.post(`/${way}`, async (c) => {
    const frame = await frameOf(world, c)
    const sent = await readForm(c)
    const typed = typedOf(sent)
    const read = readNotice(typed)
    const token = sent.get('token') ?? ''
    if (read.kind === 'wrong') return c.html(await form(frame, typed, read.fields, token), INCOMPLETE, PUBLIC_HEADERS)
    return confirmed(world, c, frame, { notice: read.notice, token })
  })
}

/** Takes the notice, and leads to its confirmation. */
async function confirmed(
  world: World,
  c: Context,
  { language }: LeaveFrame,
  { notice, token }: Readonly<{ notice: Declared; token: string }>,
): Promise<Response> {
  const link = readLink(await readLinkKey(world.db), 'exit-request', token, world.now())
  // The number only keeps a second click from being a second notice. Without one that holds, the notice counts too.
  const number = link.kind === 'valid' ? link.claim.subject : exitNumber()
  const { id, exit } = await requestExit(world, number, { ...notice, channel: 'page', language })
  const receipt = await sign(world, 'exit-receipt', id, instant(exit.requestedAt + RECEIPT_DAYS * DAY_MS))
  return c.body(null, SEE_OTHER, { ...PUBLIC_HEADERS, location: `/leave/done/${receipt}?lang=${language}` })
}

const fileName = ({ language }: LeaveFrame, { number }: Receipt): string =>
  `${leaveTexts[language].leave.fileName}-${number}.txt`

async function readForm(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await readText(c, FORM_BYTES_MAX))
}

const sign = async (world: World, purpose: LinkPurpose, subject: string, expiresAt: Instant): Promise<string> =>
  signLink(await readLinkKey(world.db), { purpose, customer: '', subject, expiresAt })

const newToken = (world: World): Promise<string> =>
  sign(world, 'exit-request', exitNumber(), instant(world.now() + REQUEST_DAYS * DAY_MS))

async function readReceipt(world: World, c: Context, { timeZone }: LeaveFrame): Promise<Receipt> {
  const token = c.req.param('token') ?? ''
  const link = readLink(await readLinkKey(world.db), 'exit-receipt', token, world.now())
  const stored = link.kind === 'valid' ? await findExitByNumber(world.db, link.claim.subject) : undefined
  if (stored === undefined) throw linkOver()
  const { id, notice, exit } = stored
  return {
    content: contentOf(notice, { requestedAt: exit.requestedAt, zone: timeZone }),
    receivedAt: exit.requestedAt,
    number: id,
    // Without a mail server nothing is sent, and the page must not say so.
    email: world.mail === undefined ? null : notice.email,
  }
}
