import { Hono } from 'hono'
import { type MessageWording, wordingWish } from '../../../contract/outbox.ts'
import { type Locale, locales } from '../../../contract/words.ts'
import { messageTexts, wrongText } from '../../../contract/write-message.ts'
import { fieldsOfMessage, type MessageKind, messageKinds } from '../../../core/contact/outbox.ts'
import { audit } from '../../../store/audit.ts'
import { addOwnText, noOwnText, type OwnText, readOwnText, readOwnTexts } from '../../../store/message-texts.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'

const readWish = bodyReader(wordingWish)

/** The wording of messages: reading all of it, and replacing one by the firm's own. */
export function wordingRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/mail/wordings', async (c) => {
    const own = new Map((await readOwnTexts(world.db)).map((text) => [`${text.kind} ${text.language}`, text]))
    const wordings: readonly MessageWording[] = messageKinds.flatMap((kind) =>
      locales.map((language) => wordingOf(kind, language, own.get(`${kind} ${language}`) ?? noOwnText)),
    )
    return c.json(wordings)
  })
  routes.put('/mail/wordings/:kind/:language', async (c) => {
    const kind = messageKinds.find((one) => one === c.req.param('kind'))
    const language = locales.find((one) => one === c.req.param('language'))
    if (kind === undefined || language === undefined) throw new Refusal('not-found', 'There is no such message.')
    const wish = await readWish(c)
    const isOurs = wish.subject.trim() === '' && wish.body.trim() === ''
    const wrong = isOurs ? undefined : wrongText(kind, language, wish)
    if (wrong !== undefined) throw new Refusal('parameter-malformed', wrong.detail, { pointer: `/${wrong.field}` })
    await world.db.transaction(async (tx) => {
      await addOwnText(tx, kind, language, isOurs ? { subject: '', body: '' } : wish)
      await audit(tx, callerOf(c).actor, 'settings.changed', { kind: 'settings', id: 'wording' }, { kind, language })
    })
    return c.json(wordingOf(kind, language, await readOwnText(world.db, kind, language)))
  })
  return routes
}

function wordingOf(kind: MessageKind, language: Locale, own: OwnText): MessageWording {
  const isOurs = own.body === ''
  const { subject, body } = isOurs ? messageTexts[language].kinds[kind] : own
  const fields = Object.entries(fieldsOfMessage(kind)).map(([name, { required }]) => ({ name, required }))
  return { kind, language, version: isOurs ? 0 : own.version, subject, body, fields }
}
