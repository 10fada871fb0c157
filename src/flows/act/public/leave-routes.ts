import { type Context, Hono } from 'hono'
import { pageTexts } from '../../../contract/page-words.ts'
import { DAY_MS, type Instant, instant } from '../../../core/instant.ts'
import { findExitByNumber, type StoredExit } from '../../../store/exits.ts'
import { Refusal, readText } from '../../respond.ts'
import { type LinkPurpose, readLink, readLinkKey, signLink } from '../../signed-link.ts'
import type { World } from '../../world.ts'
import { contentOf, exitNumber, requestExit } from '../request-exit.ts'
import { donePage, firstStep, type Receipt, receiptText, secondStep } from './leave-page.ts'
import { type Frame, PUBLIC_HEADERS, readFrame } from './page.ts'
import { nothingTyped, readNotice, typedOf } from './read-notice.ts'

const FORM_BYTES_MAX = 65_536
const REQUEST_DAYS = 7
const RECEIPT_DAYS = 90
const SEE_OTHER = 303

/** Leaving without signing in: two steps, the confirmation, and its file. */
export function leaveRoutes(world: World): Hono {
  const routes = new Hono()
  routes.get('/leave', async (c) => c.html(firstStep(await readFrame(world, c), nothingTyped, []), 200, PUBLIC_HEADERS))
  routes.post('/leave', async (c) => {
    const frame = await readFrame(world, c)
    const form = await readForm(c)
    const typed = typedOf(form)
    if (form.get('back') !== null) return c.html(firstStep(frame, typed, []), 200, PUBLIC_HEADERS)
    const read = readNotice(typed)
    if (read.kind === 'wrong') return c.html(firstStep(frame, typed, read.fields), 422, PUBLIC_HEADERS)
    const now = world.now()
    const token = await sign(world, 'exit-request', exitNumber(), instant(now + REQUEST_DAYS * DAY_MS))
    return c.html(secondStep(frame, { typed, notice: read.notice, token, now }), 200, PUBLIC_HEADERS)
  })
  routes.post('/leave/confirm', async (c) => {
    const frame = await readFrame(world, c)
    const form = await readForm(c)
    const typed = typedOf(form)
    const read = readNotice(typed)
    if (read.kind === 'wrong') return c.html(firstStep(frame, typed, read.fields), 422, PUBLIC_HEADERS)
    const link = readLink(await readLinkKey(world.db), 'exit-request', form.get('token') ?? '', world.now())
    // The number only keeps a second click from being a second notice. Without one that holds, the notice counts too.
    const number = link.kind === 'valid' ? link.claim.subject : exitNumber()
    const { id, exit } = await requestExit(world, number, { ...read.notice, channel: 'page', language: frame.language })
    const token = await sign(world, 'exit-receipt', id, instant(exit.requestedAt + RECEIPT_DAYS * DAY_MS))
    return c.body(null, SEE_OTHER, { ...PUBLIC_HEADERS, location: `/leave/done/${token}?lang=${frame.language}` })
  })
  routes.get('/leave/done/:token', async (c) => {
    const frame = await readFrame(world, c)
    const receipt = await readReceipt(world, c)
    return c.html(donePage(frame, receipt, `/leave/done/${c.req.param('token')}`), 200, PUBLIC_HEADERS)
  })
  routes.get('/leave/done/:token/file', async (c) => {
    const frame = await readFrame(world, c)
    const receipt = await readReceipt(world, c)
    return c.body(receiptText(frame, receipt), 200, {
      ...PUBLIC_HEADERS,
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName(frame, receipt)}"`,
    })
  })
  return routes
}

const fileName = ({ language }: Frame, { number }: Receipt): string =>
  `${pageTexts[language].leave.fileName}-${number}.txt`

async function readForm(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await readText(c, FORM_BYTES_MAX))
}

const sign = async (world: World, purpose: LinkPurpose, subject: string, expiresAt: Instant): Promise<string> =>
  signLink(await readLinkKey(world.db), { purpose, customer: '', subject, expiresAt })

async function readReceipt(world: World, c: Context): Promise<Receipt> {
  const token = c.req.param('token') ?? ''
  const link = readLink(await readLinkKey(world.db), 'exit-receipt', token, world.now())
  const stored = link.kind === 'valid' ? await findExitByNumber(world.db, link.claim.subject) : undefined
  if (stored === undefined) throw new Refusal('link-over', 'The link is over, or was changed.')
  return receiptOf(world, stored)
}

const receiptOf = ({ mail }: World, { id, notice, exit }: StoredExit): Receipt => ({
  content: contentOf(notice),
  receivedAt: exit.requestedAt,
  number: id,
  // Without a mail server nothing is sent, and the page must not say so.
  email: mail === undefined ? null : notice.email,
})
