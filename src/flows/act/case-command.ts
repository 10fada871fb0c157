import type { CaseCommandWish } from '../../contract/case-wishes.ts'
import type { CaseCommand } from '../../core/case-command.ts'
import type { Remedy } from '../../core/case-entry.ts'
import { personId } from '../../core/ids.ts'
import { type Instant, instantOf } from '../../core/instant.ts'
import type { Tx } from '../../store/db.ts'
import { findMember } from '../../store/staff.ts'
import { isSeniorRole } from '../case-actor.ts'
import { Refusal } from '../respond.ts'

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

async function isSenior(tx: Tx, id: string): Promise<boolean> {
  const member = await findMember(tx, personId(id))
  if (member?.state === 'active') return isSeniorRole(member.role)
  throw new Refusal('parameter-malformed', 'Nobody with this id can sign in.', { pointer: '/to' })
}
