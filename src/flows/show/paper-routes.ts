import { Hono } from 'hono'
import { UUID } from '../../core/ids.ts'
import { findCase } from '../../store/cases.ts'
import { findLetter } from '../../store/letters.ts'
import { readSettings } from '../../store/settings.ts'
import { readSimulated } from '../../store/simulated.ts'
import { callerOf, type Entry } from '../caller.ts'
import { mayRead } from '../case-sight.ts'
import { drawPdf } from '../draw-pdf.ts'
import { letterFileName, paperHeaders } from '../letter-file.ts'
import { Refusal } from '../respond.ts'
import type { World } from '../world.ts'
import { caseEvidence, lookOf } from './case-evidence.ts'
import { evidenceDocument } from './evidence-pdf.ts'

/** What there is of a case on paper: its letters as they were sent, and its evidence. */
export function paperRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/cases/:id/letters/:letter', async (c) => {
    const found = await findCase(world.db, c.req.param('id'))
    if (found === undefined || !mayRead(callerOf(c), found.state)) throw unknownCase()
    const name = c.req.param('letter')
    const letter = UUID.test(name) ? await findLetter(world.db, found.state.customer, name) : undefined
    if (letter === undefined || letter.case !== found.state.case || !letter.isKept) {
      throw new Refusal('not-found', 'There is no such letter in this case, or it was removed with what was written.')
    }
    return c.body(Buffer.from(letter.pdf), 200, paperHeaders(letterFileName(letter)))
  })
  routes.get('/cases/:id/evidence.pdf', async (c) => {
    const [id, look] = [c.req.param('id'), lookOf(c)]
    const found = await caseEvidence(world, callerOf(c), id, look)
    if (found === undefined) throw unknownCase()
    const { firm } = await readSettings(world.db)
    const simulated = await readSimulated(world.db)
    const pdf = await drawPdf(evidenceDocument({ ...found, firm: firm ?? '', simulated, language: look.locale }))
    return c.body(Buffer.from(pdf), 200, paperHeaders(`case-${id.replaceAll(/\W/g, '')}.pdf`))
  })
  return routes
}

const unknownCase = () => new Refusal('case-unknown', 'There is no such case, or it belongs to another team.')
