import { Hono } from 'hono'
import { customerLocales } from '../../../contract/customer-languages.ts'
import { type ExitSettings, exitSettingsWish } from '../../../contract/exit-settings.ts'
import { leaveTexts } from '../../../contract/page-texts/page-words.ts'
import { type ExitWay, exitWays, usualWays } from '../../../core/exits/exit-ways.ts'
import { isNeutral } from '../../../core/exits/referral.ts'
import { audit } from '../../../store/audit.ts'
import { readExitSettings, readOfferedWays, saveExitSettings } from '../../../store/exit-settings.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'

const readWish = bodyReader(exitSettingsWish)

/** Which functions of leaving are offered, and the links to them. */
export function exitSettingsRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/exit-settings', async (c) => c.json(await settingsOf(world)))
  routes.put('/exit-settings', async (c) => {
    const wish = await readWish(c)
    await world.db.transaction(async (tx) => {
      const was = await readExitSettings(tx)
      const { country, cancel, withdraw, referral = was.referral } = wish
      if (referral.on && !isNeutral(referral))
        throw new Refusal('parameter-malformed', 'A list needs three suppliers, or a comparison that is not yours.', {
          pointer: '/referral',
        })
      await saveExitSettings(tx, { country, cancel, withdraw, referral })
      const told = { country, cancel, withdraw, referral: referral.on, suppliers: referral.suppliers.length }
      await audit(tx, callerOf(c).actor, 'settings.changed', { kind: 'settings', id: 'exits' }, told)
    })
    return c.json(await settingsOf(world))
  })
  return routes
}

async function settingsOf({ db, publicUrl }: World): Promise<ExitSettings> {
  const settings = await readExitSettings(db)
  return {
    ...settings,
    referral: { ...settings.referral, suppliers: [...settings.referral.suppliers] },
    offered: await readOfferedWays(db),
    usual: usualWays(settings.country),
    publicUrl: publicUrl ?? null,
    links: exitWays.map((way) => ({ way, path: `/${way}`, words: wordsOf(way) })),
  }
}

function wordsOf(way: ExitWay): ExitSettings['links'][number]['words'] {
  const [en, nl, ru, de] = customerLocales.map((language) => leaveTexts[language].leave.ways[way].link)
  return { en: en ?? '', nl: nl ?? '', ru: ru ?? '', de: de ?? '' }
}
