import { type Context, Hono } from 'hono'
import { type TellingAnswer, type TellingPreview, tellingWish } from '../../../contract/case-tellings.ts'
import { type TellingReasonName, tellingSentence } from '../../../contract/words/tellings.ts'
import { caseSentence } from '../../../contract/words.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { paperHeaders } from '../../letter-file.ts'
import { localeOf } from '../../parameters.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import { revisionAsked } from '../../revision-asked.ts'
import type { World } from '../../world.ts'
import { previewLetter } from './preview-letter.ts'
import { previewTelling } from './preview-telling.ts'
import { type NotTold, tellCustomer } from './tell-customer.ts'

const readWish = bodyReader(tellingWish)

const unknownCase = () => new Refusal('case-unknown', 'There is no such case, or it belongs to another team.')

/** Telling the customer of a case something: as it would be sent, and sending it. */
export function tellingRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/cases/:id/tellings/preview', async (c) => {
    const asked = { caller: callerOf(c), wish: await readWish(c), reader: localeOf(c) }
    const preview = await previewTelling(world, c.req.param('id'), asked)
    if (preview === undefined) throw unknownCase()
    if (preview.kind === 'refused') throw notWritten(preview)
    const refusal = preview.refusal === null ? null : inWords(refusalOf(c, preview.refusal))
    const answer: TellingPreview = { ...preview.preview, refusal }
    return c.json(answer)
  })
  routes.post('/cases/:id/tellings/letter', async (c) => {
    const drawn = await previewLetter(world, c.req.param('id'), { caller: callerOf(c), wish: await readWish(c) })
    if (drawn.kind !== 'drawn') throw refusalOf(c, drawn)
    return c.body(Buffer.from(drawn.pdf), 200, paperHeaders(drawn.fileName))
  })
  routes.post('/cases/:id/tellings', async (c) => {
    const wish = await readWish(c)
    const told = await tellCustomer(world, c.req.param('id'), {
      caller: callerOf(c),
      wish,
      revision: revisionAsked(c, 'of the case'),
    })
    if (told.kind !== 'told') throw refusalOf(c, told)
    const { state, message, path, url } = told
    const answer: TellingAnswer = { id: state.case, revision: state.revision, message, path, url }
    return c.json(answer, 200, { etag: `"${state.revision}"` })
  })
  return routes
}

const inWords = ({ code, because, message, pointer }: Refusal): TellingPreview['refusal'] => ({
  because: because ?? code,
  sentence: message,
  ...(pointer === undefined ? {} : { pointer }),
})

const notWritten = ({ field, detail }: Readonly<{ field: string; detail: string }>) =>
  new Refusal('parameter-malformed', detail, { pointer: `/${field}` })

function refusalOf(c: Context, told: NotTold): Refusal {
  const say = (because: TellingReasonName, pointer?: string) =>
    new Refusal('case-refused', tellingSentence(localeOf(c), because), {
      because,
      ...(pointer === undefined ? {} : { pointer }),
    })
  switch (told.kind) {
    case 'case-unknown':
      return unknownCase()
    case 'telling-refused':
      return say(told.because !== 'way-closed' ? told.because : told.way === 'open' ? 'no-address' : told.way)
    case 'offer-wrong':
      return say(told.kind, `/offer/${told.field}`)
    case 'letter-wrong':
      return say(told.kind, `/letter/${told.field}`)
    case 'beyond-authority':
    case 'people-only':
      return say(told.kind)
    case 'refused':
      return 'field' in told ? notWritten(told) : refusedByProtocol(c, told)
  }
}

function refusedByProtocol(c: Context, told: Extract<NotTold, { timeZone: string }>): Refusal {
  const code = told.because === 'changed-meanwhile' ? 'changed-meanwhile' : 'case-refused'
  return new Refusal(code, caseSentence(localeOf(c), told, told.timeZone), { because: told.because })
}
