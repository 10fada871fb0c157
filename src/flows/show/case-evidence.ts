import type { CaseEvidence } from '../../contract/case-evidence.ts'
import type { Locale } from '../../contract/words.ts'
import { instant, rfc3339 } from '../../core/instant.ts'
import { findCase, readEntries } from '../../store/cases.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import type { Caller } from '../caller.ts'
import { readCaseStandards } from '../case-standards.ts'
import type { World } from '../world.ts'
import { showCase } from './show-case.ts'

/**
 * The evidence of a case: everything that was done, by whom and when, with the clocks and the deadlines from law as they
 * stand, and the version of the rules. Undefined when there is no case that the caller sees.
 */
export async function caseEvidence(
  world: World,
  caller: Caller,
  id: string,
  locale: Locale,
): Promise<CaseEvidence | undefined> {
  const page = await showCase(world, caller, id, locale)
  const found = page === undefined ? undefined : await findCase(world.db, id)
  if (page === undefined || found === undefined) return undefined
  const { version, timeZone } = await readCaseStandards(world.db)
  const entries = await readEntries(world.db, found.state.customer, id)
  const names = await readDeskNames(world.db, [...new Set(entries.map(({ entry }) => entry.by))])
  const { steps, legal, story, approvals, told, authority: _authority, undoUntil: _undo, ...facts } = page
  return {
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
}
