import { type Context, Hono } from 'hono'
import { type Preference, preferenceChannels, preferencePurposes } from '../../../core/contact/preferences.ts'
import { privacyPath } from '../../privacy-link.ts'
import { readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { changePreferences, noToEverything, readConsents, standingOf } from '../privacy/change-preferences.ts'
import { hearProfiling } from '../privacy/hear-customer.ts'
import { claimOfLink, linkOver } from './link-claim.ts'
import { PUBLIC_HEADERS, readFrame } from './page.ts'
import { fieldName, type PreferencesDone, preferencesPage } from './preferences-page.ts'

const FORM_BYTES_MAX = 4_096
/** What a mail program sends when somebody clicks once (RFC 8058). */
const ONE_CLICK = 'List-Unsubscribe'

/** Saying what may be sent: by the page, and by one click of a mail program. */
export function preferencePages(world: World): Hono {
  const routes = new Hono()
  const shown = async (c: Context, customer: string, done: PreferencesDone): Promise<Response> => {
    const frame = await readFrame(world, c)
    const stands = await readConsents(world.db, customer)
    if (stands === undefined) throw linkOver()
    const path = `/preferences/${c.req.param('token')}`
    const { consents, refusesProfiling: refused } = stands
    const held = (await privacyPath(world.db, customer, world.now())).path
    const drawn = { standing: standingOf(consents), refused, path, held, done }
    return c.html(preferencesPage(frame, drawn), 200, PUBLIC_HEADERS)
  }
  routes.get('/preferences/:token', async (c) => shown(c, (await claimOf(world, c)).customer, null))
  routes.post('/preferences/:token', async (c) => {
    const { customer, purpose } = await claimOf(world, c)
    const form = new URLSearchParams(await readText(c, FORM_BYTES_MAX))
    const profiling = form.get('profiling')
    if (profiling === 'refuse' || profiling === 'allow') {
      if ((await hearProfiling(world, customer, profiling === 'refuse', 'customer')) === undefined) throw linkOver()
      return shown(c, customer, 'saved')
    }
    const isOneClick = form.get(ONE_CLICK) === 'One-Click'
    const wishes = isOneClick
      ? [{ channel: 'email', purpose, granted: false } as const]
      : form.get('none') !== null
        ? noToEverything
        : wishesOf(form)
    if (!(await changePreferences(world, customer, wishes))) throw linkOver()
    return shown(c, customer, isOneClick ? 'stopped' : 'saved')
  })
  return routes
}

async function claimOf(world: World, c: Context) {
  const { customer, subject } = await claimOfLink(world, c, 'preferences')
  return { customer, purpose: preferencePurposes.find((one) => one === subject) ?? 'marketing' }
}

const wishesOf = (form: URLSearchParams): readonly Preference[] =>
  preferenceChannels.flatMap((channel) =>
    preferencePurposes.flatMap((purpose): readonly Preference[] => {
      const said = form.get(fieldName(channel, purpose))
      return said === 'yes' || said === 'no' ? [{ channel, purpose, granted: said === 'yes' }] : []
    }),
  )
