import type { Context } from 'hono'
import type { CaseEvidence } from '../../contract/case-evidence.ts'
import type { CasePage } from '../../contract/cases.ts'
import { evidenceWords } from '../../contract/operations/operation-parameters.ts'
import { LEFT_OUT, wordlessEntry } from '../../core/privacy/wordless.ts'
import { instant, rfc3339 } from '../../core/time/instant.ts'
import { findCase, readEntries } from '../../store/cases.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import type { Caller } from '../caller.ts'
import { readCaseStandards } from '../case-standards.ts'
import { localeOf, oneOf } from '../parameters.ts'
import type { World } from '../world.ts'
import { type CaseLook, showCase } from './show-case.ts'

/** How a request wants the evidence told. */
export const lookOf = (c: Context): CaseLook => ({
  locale: localeOf(c),
  words: oneOf(c, 'words', evidenceWords) !== 'none',
})

/**
 * The evidence of a case: everything that was done, by whom and when, with the clocks and the deadlines from law as they
 * stand, and the version of the rules; and the page that it is drawn from. Without words, `[…]` stands where some were
 * left out: complaints tell of health and faith (trap T22). Undefined when there is no case that the caller sees.
 */
export async function caseEvidence(
  world: World,
  caller: Caller,
  id: string,
  look: CaseLook,
): Promise<Readonly<{ evidence: CaseEvidence; page: CasePage }> | undefined> {
  const whole = await showCase(world, caller, id, look)
  const found = whole === undefined ? undefined : await findCase(world.db, id)
  if (whole === undefined || found === undefined) return undefined
  const page = look.words ? whole : withoutWords(whole)
  const { version, timeZone } = await readCaseStandards(world.db)
  const written = await readEntries(world.db, found.state.customer, id)
  const entries = look.words ? written : written.map((line) => ({ ...line, entry: wordlessEntry(line.entry) }))
  const names = await readDeskNames(world.db, [...new Set(entries.map(({ entry }) => entry.by))])
  const { steps, legal, story, approvals, told, authority: _authority, undoUntil: _undo, ...facts } = page
  const evidence = {
    madeAt: rfc3339(world.now()),
    rulesVersion: version,
    timeZone,
    case: facts,
    steps: steps.map(({ step, standing, startedAt, doneAt, clock }) => ({ step, standing, startedAt, doneAt, clock })),
    legal,
    approvals,
    told,
    story,
    entries: entries.map(({ position, entry: { id: name, at, by, kind, ...rest } }) => ({
      position,
      id: name,
      at: rfc3339(instant(at)),
      by: { id: by, name: names.get(by) ?? null },
      kind,
      data: rest,
    })),
  }
  return { evidence, page }
}

// The story is told without words already.
function withoutWords(page: CasePage): CasePage {
  const left = (text: string | null): string | null => (text === null || text === '' ? text : LEFT_OUT)
  const { about, mails, promises, ...told } = page.told
  return {
    ...page,
    approvals: page.approvals.map((one) => ({ ...one, reason: left(one.reason), answer: left(one.answer) })),
    told: {
      ...told,
      about: left(about),
      mails: mails.map((mail) => ({ ...mail, subject: LEFT_OUT, body: LEFT_OUT })),
      promises: promises.map((promise) => ({ ...promise, what: left(promise.what) ?? '' })),
    },
  }
}
