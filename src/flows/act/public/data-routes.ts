import { type Context, Hono } from 'hono'
import { dataTexts } from '../../../contract/page-texts/data-page-texts.ts'
import { dataRequestKinds } from '../../../core/privacy/data-request.ts'
import { type DataPack, findDataPack } from '../../../store/data-packs.ts'
import { findDataRequest, type StoredDataRequest } from '../../../store/data-requests.ts'
import { readText } from '../../respond.ts'
import type { LinkPurpose } from '../../signed-link.ts'
import type { World } from '../../world.ts'
import { askAboutData, confirmDataRequest } from '../privacy/ask-about-data.ts'
import { canHandOver } from '../privacy/hand-over-data.ts'
import {
  askedPage,
  askPage,
  confirmedPage,
  confirmPage,
  noRequestsPage,
  packPage,
  type TypedRequest,
  type WrongRequest,
} from './data-page.ts'
import { claimOfLink, linkOver } from './link-claim.ts'
import { PUBLIC_HEADERS, readFrame } from './page.ts'
import { isMailAddress, typedLine, typedText } from './read-notice.ts'

const FORM_BYTES_MAX = 16_384
const WORDS_LENGTH_MAX = 1_000
const INCOMPLETE = 422

const nothingTyped: TypedRequest = { kind: '', email: '', words: '' }

/** Asking about one's own data: the form, the confirmation from the mail, and the copy. */
export function dataPages(world: World): Hono {
  const routes = new Hono()
  routes.get('/data-request', async (c) => {
    const frame = await readFrame(world, c)
    return c.html(canHandOver(world) ? askPage(frame, nothingTyped, []) : noRequestsPage(frame), 200, PUBLIC_HEADERS)
  })
  routes.post('/data-request', async (c) => {
    const frame = await readFrame(world, c)
    if (!canHandOver(world)) return c.html(noRequestsPage(frame), 200, PUBLIC_HEADERS)
    const form = new URLSearchParams(await readText(c, FORM_BYTES_MAX))
    const typed = { kind: typedLine(form, 'kind'), email: typedLine(form, 'email'), words: typedText(form, 'words') }
    const kind = dataRequestKinds.find((one) => one === typed.kind)
    const wrong: WrongRequest[] = []
    if (kind === undefined) wrong.push('kind')
    if (!isMailAddress(typed.email)) wrong.push('email')
    if (typed.words.length > WORDS_LENGTH_MAX) wrong.push('words')
    if (kind === undefined || wrong.length > 0) return c.html(askPage(frame, typed, wrong), INCOMPLETE, PUBLIC_HEADERS)
    const words = typed.words === '' ? null : typed.words
    await askAboutData(world, { kind, email: typed.email, words, language: frame.language })
    return c.html(askedPage(frame), 200, PUBLIC_HEADERS)
  })
  routes.get('/data-request/confirm/:token', async (c) => {
    const frame = await readFrame(world, c)
    const { request, dueAt } = await readRequest(world, c)
    const shown =
      request.confirmedAt === null
        ? confirmPage(frame, request.kind, pathOf(c))
        : confirmedPage(frame, dueAt, pathOf(c))
    return c.html(shown, 200, PUBLIC_HEADERS)
  })
  routes.post('/data-request/confirm/:token', async (c) => {
    const frame = await readFrame(world, c)
    const { customer, id } = await readRequest(world, c)
    const stored = await confirmDataRequest(world, customer, id)
    if (stored === undefined) throw linkOver()
    return c.html(confirmedPage(frame, stored.dueAt, pathOf(c)), 200, PUBLIC_HEADERS)
  })
  routes.get('/data-request/copy/:token', async (c) => {
    const frame = await readFrame(world, c)
    const { expiresAt } = await readPack(world, c)
    return c.html(packPage(frame, expiresAt, `/data-request/copy/${c.req.param('token')}`), 200, PUBLIC_HEADERS)
  })
  routes.get('/data-request/copy/:token/file', async (c) => {
    const frame = await readFrame(world, c)
    const { content } = await readPack(world, c)
    return c.body(new Uint8Array(content), 200, {
      ...PUBLIC_HEADERS,
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${dataTexts[frame.language].fileName}.zip"`,
    })
  })
  return routes
}

const pathOf = (c: Context) => `/data-request/confirm/${c.req.param('token')}`

async function claimOf(world: World, c: Context, purpose: LinkPurpose) {
  const { customer, subject } = await claimOfLink(world, c, purpose)
  return { customer, id: subject }
}

async function readRequest(world: World, c: Context): Promise<StoredDataRequest> {
  const { customer, id } = await claimOf(world, c, 'data-request')
  const stored = await findDataRequest(world.db, id)
  if (stored === undefined || stored.customer !== customer) throw linkOver()
  return stored
}

async function readPack(world: World, c: Context): Promise<DataPack> {
  const pack = await findDataPack(world.db, await claimOf(world, c, 'data-pack'), world.now())
  if (pack === undefined) throw linkOver()
  return pack
}
