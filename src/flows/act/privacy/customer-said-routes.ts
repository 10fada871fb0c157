import { type Context, Hono } from 'hono'
import { type CustomerSaid, momentWish, profilingWish } from '../../../contract/customer-said.ts'
import { isStorable } from '../../../contract/ingest.ts'
import {
  KEPT_MONTHS_MAX,
  type OldWords,
  type PrivacyLink,
  type PrivacySettingsWish,
  privacySettings,
  type SilentCustomers,
} from '../../../contract/privacy-settings.ts'
import { instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import { readPrivacySettings, savePrivacySettings } from '../../../store/privacy-settings.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { unknownCustomer } from '../../parameters.ts'
import { personOf } from '../../person-of.ts'
import { privacyPath } from '../../privacy-link.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'
import { countSilentFor } from './forget-silent.ts'
import { forgetMoment, hearMoment, hearProfiling } from './hear-customer.ts'
import { countWordsOf } from './remove-words.ts'

const readProfiling = bodyReader(profilingWish)
const readMoment = bodyReader(momentWish)
const readSettings = bodyReader(privacySettings)

/** Writing down what customers say of profiling and moments of life, and what they are told about their data. */
export function customerSaidRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  // A key that cannot be stored names nobody.
  const heard = async (key: string, hear: () => Promise<CustomerSaid | undefined>): Promise<CustomerSaid> => {
    const said = isStorable(key) ? await hear() : undefined
    if (said === undefined) throw unknownCustomer()
    return said
  }
  routes.put('/customers/:key/profiling', async (c) => {
    const [key, { refused }, { actor }] = [c.req.param('key'), await readProfiling(c), callerOf(c)]
    return c.json(await heard(key, () => hearProfiling(world, key, refused, actor)))
  })
  routes.post('/customers/:key/moments', async (c) => {
    const [key, { kind, on }, { actor }] = [c.req.param('key'), await readMoment(c), callerOf(c)]
    const moment = { kind, on: on === undefined ? null : instantOf(on) }
    return c.json(await heard(key, () => hearMoment(world, key, moment, actor)))
  })
  routes.delete('/customers/:key/moments/:kind', async (c) => {
    const [key, kind, { actor }] = [c.req.param('key'), c.req.param('kind'), callerOf(c)]
    return c.json(await heard(key, () => forgetMoment(world, key, kind, actor)))
  })
  routes.post('/customers/:key/privacy-link', async (c) => {
    const key = c.req.param('key')
    const person = isStorable(key) ? await personOf(world.db, key) : undefined
    if (person === undefined || person.state.person.erased) throw unknownCustomer()
    const { path, expiresAt } = await privacyPath(world.db, person.customer, world.now())
    const url = world.publicUrl === undefined ? null : `${world.publicUrl}${path}`
    return c.json({ path, url, expiresAt: rfc3339(expiresAt) } satisfies PrivacyLink, 201)
  })
  routes.get('/privacy-settings', async (c) => c.json(await readSaid(world)))
  routes.put('/privacy-settings', async (c) => {
    const wish = await readSettings(c)
    await world.db.transaction(async (tx) => {
      const was = await readPrivacySettings(tx)
      const { keptMonths, wordsMonths } = wish
      await savePrivacySettings(tx, {
        ...wish,
        keptSaidAt: was.keptMonths === keptMonths ? was.keptSaidAt : world.now(),
        wordsSaidAt: was.wordsMonths === wordsMonths ? was.wordsSaidAt : world.now(),
      })
      const subject = { kind: 'settings', id: 'privacy' } as const
      await audit(tx, callerOf(c).actor, 'settings.changed', subject, { keptMonths, wordsMonths })
    })
    return c.json(await readSaid(world))
  })
  routes.get('/privacy-settings/silent', async (c) =>
    c.json({ customers: await countSilentFor(world, monthsOf(c)) } satisfies SilentCustomers),
  )
  routes.get('/privacy-settings/words', async (c) =>
    c.json((await countWordsOf(world, monthsOf(c))) satisfies OldWords),
  )
  return routes
}

function monthsOf(c: Context): number {
  const months = Number(c.req.query('months'))
  if (Number.isInteger(months) && months >= 1 && months <= KEPT_MONTHS_MAX) return months
  throw new Refusal('parameter-malformed', `Say "months" as a whole number from 1 to ${KEPT_MONTHS_MAX}.`, {
    pointer: '/months',
  })
}

async function readSaid({ db }: World): Promise<PrivacySettingsWish> {
  const { keptSaidAt: _kept, wordsSaidAt: _words, ...said } = await readPrivacySettings(db)
  return said
}
