import type { Actor } from '../../../core/cases/case-command.ts'
import { type CaseQuestion, questionDue } from '../../../core/cases/case-questions.ts'
import { decide } from '../../../core/cases/decide-case.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import type { Tx } from '../../../store/db.ts'
import { entryId, type Keeping } from '../../begin-case.ts'
import { aboutOf, addressOf, questionPath, queueCaseMail, readAddressee } from '../../case-mail.ts'
import { stepCase } from '../../step-case.ts'
import type { World } from '../../world.ts'

const clock: Actor = { kind: 'automation', id: 'clock' }
const messages = { confirm: 'fix.confirmation', 'follow up': 'follow-up' } as const

/**
 * Asks the question that is due in a locked case, once in each round: entry and mail are one transaction, and the mail
 * bears the name of its round, so that whoever looks again sends nothing. Where no mail reaches her nothing is asked, and
 * the step stays owed by a person.
 */
export async function askBySelf(world: World, tx: Tx, was: RecoveryCase, keeping: Keeping): Promise<RecoveryCase> {
  const question = questionDue(was, keeping.standards.policy, keeping.now)
  if (question === null) return was
  const about = messages[question]
  const asked = { kind: 'tell', about, channel: 'email', message: null } as const
  const ask = { id: entryId(was.revision + 1), actor: clock, command: asked, revision: null, now: keeping.now }
  if (decide(was, ask, keeping.standards.policy).kind === 'refused') return was
  const message = await mailQuestion(world, tx, was, question, keeping)
  if (message === null) return was
  const stepped = await stepCase(world, tx, was, [{ actor: clock, command: { ...asked, message } }], keeping)
  return stepped.kind === 'stepped' ? stepped.state : was
}

/** The mail that asks; null when it was asked before, or cannot be. */
async function mailQuestion(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  question: CaseQuestion,
  { standards, now }: Keeping,
): Promise<string | null> {
  const addressee = await readAddressee(world, tx, was)
  if (addressee.way !== 'open') return null
  const { language } = addressee
  const link = addressOf(world, await questionPath(tx, was, question, now), language) ?? ''
  const mail = {
    about: messages[question],
    language,
    timeZone: standards.timeZone,
    cause: `round ${was.failedRounds} ${question}`,
    values: { what: await aboutOf(tx, was, language), link },
  }
  const queued = await queueCaseMail(world, tx, was, mail, addressee)
  return 'id' in queued ? queued.id : null
}
