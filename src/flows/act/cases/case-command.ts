import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import type { CaseCommand } from '../../../core/cases/case-command.ts'
import type { Remedy } from '../../../core/cases/case-entry.ts'
import { regimePacks } from '../../../core/cases/regime-pack.ts'
import { startsOf } from '../../../core/cases/regime-starts.ts'
import { personId } from '../../../core/ids.ts'
import { type Instant, instantOf } from '../../../core/time/instant.ts'
import type { Tx } from '../../../store/db.ts'
import { findMember } from '../../../store/staff.ts'
import { isSeniorRole } from '../../case-actor.ts'
import { readCaseStandards } from '../../case-standards.ts'
import { Refusal } from '../../respond.ts'

/** A command as the core knows it. A note is none: it changes nothing. */
export async function commandOf(tx: Tx, wish: Exclude<CaseCommandWish, { kind: 'note' }>): Promise<CaseCommand> {
  switch (wish.kind) {
    case 'assign':
      return { kind: 'assign', to: wish.to, isSenior: wish.to !== null && (await isSenior(tx, wish.to)) }
    case 'snooze':
      return { kind: 'snooze', until: instantOrNull(wish.until) }
    case 'agree remedy':
      return { kind: 'agree remedy', remedy: remedyOf(wish.remedy) }
    case 'reopen':
      return { kind: 'reopen', reason: wish.reason, isReported: false }
    case 'apply regime':
      await checkPack(tx, wish)
      return { ...wish, since: instantOf(wish.since) }
    default:
      return wish
  }
}

/** A remedy as it travels, read. */
export const remedyOf = ({ fixBy, ...rest }: Readonly<{ fixBy: string | null }> & Omit<Remedy, 'fixBy'>): Remedy => ({
  ...rest,
  fixBy: instantOrNull(fixBy),
})

const instantOrNull = (text: string | null): Instant | null => (text === null ? null : instantOf(text))

// A pack whose deadlines could not run would be a promise of the law that nobody is told of.
async function checkPack(tx: Tx, { pack, event }: Readonly<{ pack: string; event: string }>): Promise<void> {
  const known = regimePacks.find(({ id }) => id === pack)
  if (known === undefined)
    throw new Refusal('parameter-malformed', 'There is no such pack: GET /v1/regimes lists them.', { pointer: '/pack' })
  const starts = startsOf(known.steps)
  if (event !== 'case.opened' && !starts.includes(event))
    throw new Refusal('parameter-malformed', `Nothing in this pack begins so, but with: ${starts.join(', ')}.`, {
      pointer: '/event',
    })
  if (!(await readCaseStandards(tx)).regimes.has(pack))
    throw new Refusal(
      'not-in-this-state',
      'The country of the firm is not known, and time limits ask for it: choose it in the playbooks, or a time zone in the settings.',
    )
}

async function isSenior(tx: Tx, id: string): Promise<boolean> {
  const member = await findMember(tx, personId(id))
  if (member?.state === 'active') return isSeniorRole(member.role)
  throw new Refusal('parameter-malformed', 'Nobody with this id can sign in.', { pointer: '/to' })
}
