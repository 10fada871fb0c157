import { type Context, Hono } from 'hono'
import { customerLocales } from '../../../contract/customer-languages.ts'
import { leaveTexts } from '../../../contract/page-texts/page-words.ts'
import { Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'
import { casePageRoutes } from './case-page-routes.ts'
import { dataPages } from './data-routes.ts'
import { heldPages } from './held-routes.ts'
import { inputPages } from './input-pages.ts'
import { leaveRoutes } from './leave-routes.ts'
import { PUBLIC_HEADERS, plainPage, readFrameIn } from './page.ts'
import { preferencePages } from './preferences-routes.ts'
import { publicStyle } from './public-style.ts'
import { questionRoutes } from './question-routes.ts'
import { remedyRoutes } from './remedy-routes.ts'
import { settlePages } from './settle-routes.ts'
import { surveyPages } from './survey-routes.ts'
import { voucherBalancePages } from './voucher-balance.ts'

/** Pages of which so many a minute may be asked for. */
const LIMITED = [
  '/leave/*',
  '/cancel',
  '/withdraw',
  '/data-request/*',
  '/preferences/*',
  '/your-data/*',
  '/settle/*',
  '/survey/*',
  '/voucher',
  '/case/*',
  '/remedy/*',
  '/answer/*',
  '/input/*',
]

/** What the front door decides for public pages. */
export type PublicDoor = Readonly<{
  /** The design tokens as CSS. */
  tokens: string
  /** Whether a request may come in now; a code of a voucher that somebody tries is counted by itself. */
  admits: (c: Context, what: 'page' | 'voucher-code') => boolean
}>

/** Every page that customers see without signing in. What is refused is a page that says what to do. */
export function publicRoutes(world: World, { tokens, admits }: PublicDoor): Hono {
  const routes = new Hono()
  routes.onError(async (error, c) => {
    if (!(error instanceof Refusal)) throw error
    const frame = await readFrameIn(world, c, customerLocales)
    const words = leaveTexts[frame.language]
    const said = error.code === 'rate-limited' ? words.tooMany : error.code === 'link-over' ? words.over : words.broken
    const status = error.code === 'rate-limited' ? 429 : error.code === 'link-over' ? 410 : 400
    return c.html(plainPage(frame, said), status, { ...PUBLIC_HEADERS, ...error.headers })
  })
  routes.get('/public.css', (c) =>
    c.body(`${tokens}${publicStyle}`, 200, {
      ...PUBLIC_HEADERS,
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  )
  for (const pages of LIMITED) {
    routes.use(pages, async (c, next) => {
      const isTry = c.req.path === '/voucher' && c.req.method === 'POST'
      if (!admits(c, isTry ? 'voucher-code' : 'page'))
        throw new Refusal('rate-limited', 'Too many requests.', { headers: { 'retry-after': '60' } })
      await next()
    })
  }
  routes.route('/', leaveRoutes(world))
  routes.route('/', surveyPages(world))
  routes.route('/', inputPages(world))
  routes.route('/', dataPages(world))
  routes.route('/', preferencePages(world))
  routes.route('/', heldPages(world))
  routes.route('/', settlePages(world))
  routes.route('/', voucherBalancePages(world))
  routes.route('/', casePageRoutes(world))
  routes.route('/', remedyRoutes(world))
  routes.route('/', questionRoutes(world))
  return routes
}
