import { letterWords } from '../../../contract/letter-words.ts'
import { findCase } from '../../../store/cases.ts'
import { aboutOf, readAddressee } from '../../case-mail.ts'
import { mayRead } from '../../case-sight.ts'
import { drawPdf } from '../../draw-pdf.ts'
import { letterFileName } from '../../letter-file.ts'
import { readKeeping } from '../../step-case.ts'
import type { World } from '../../world.ts'
import { writtenLetter } from './make-letter.ts'
import type { NotTold, TellingOrder } from './tell-customer.ts'
import { afterTelling } from './telling-steps.ts'

type PreviewedLetter = Readonly<{ kind: 'drawn'; pdf: Uint8Array; fileName: string }> | NotTold

/**
 * The letter that would go with a telling, drawn as it will be but for a mark at the head of each page that it is not
 * sent. Stores nothing.
 */
export async function previewLetter(
  world: World,
  id: string,
  { caller, wish }: Omit<TellingOrder, 'revision'>,
): Promise<PreviewedLetter> {
  const found = await findCase(world.db, id)
  if (found === undefined || !mayRead(caller, found.state)) return { kind: 'case-unknown' }
  return world.db.transaction(async (tx): Promise<PreviewedLetter> => {
    const keeping = await readKeeping(world, tx, found.state)
    const { name, language: own, way } = await readAddressee(world, tx, found.state)
    const language = wish.language ?? own
    if (wish.letter === undefined) return { kind: 'telling-refused', because: 'letter-missing', way }
    const after = afterTelling(found.state, { caller, wish, language, keeping })
    if (after.kind === 'refused') return { ...after, timeZone: keeping.standards.timeZone }
    const what = wish.what ?? (await aboutOf(tx, found.state, language))
    const making = { wish: wish.letter, language, name, what, until: after.until, keeping }
    const written = await writtenLetter(tx, after.state, making)
    if (written.kind === 'letter-wrong') return written
    const { letter } = wish.letter
    const fileName = `preview-${letterFileName({ case: id, letter, language })}`
    return { kind: 'drawn', pdf: await drawPdf(written.document, letterWords[language].notSent), fileName }
  })
}
