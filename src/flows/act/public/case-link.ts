import type { Context } from 'hono'
import { type CaseQuestion, caseQuestions } from '../../../core/cases/case-questions.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { findCase } from '../../../store/cases.ts'
import type { World } from '../../world.ts'
import { claimToWrite, linkOver } from './link-claim.ts'

async function caseOf(world: World, customer: string, id: unknown): Promise<RecoveryCase> {
  const found = typeof id === 'string' ? await findCase(world.db, id) : undefined
  if (found === undefined || found.state.customer !== customer) throw linkOver()
  return found.state
}

function partsOf(subject: string): readonly unknown[] {
  const parts: unknown = JSON.parse(subject)
  return Array.isArray(parts) ? parts : []
}

/** The case of a link to its page. */
export async function caseOfLink(world: World, c: Context): Promise<RecoveryCase> {
  const { customer, subject } = await claimToWrite(world, c, 'case')
  return caseOf(world, customer, subject)
}

/** The case and the name of the offer of a link to a choice. */
export async function offerOfLink(world: World, c: Context): Promise<Readonly<{ state: RecoveryCase; offer: string }>> {
  const { customer, subject } = await claimToWrite(world, c, 'remedy')
  const [id, offer] = partsOf(subject)
  if (typeof offer !== 'string') throw linkOver()
  return { state: await caseOf(world, customer, id), offer }
}

/** The case, its round and the question of a link to a question. */
export async function questionOfLink(
  world: World,
  c: Context,
): Promise<Readonly<{ state: RecoveryCase; round: number; question: CaseQuestion }>> {
  const { customer, subject } = await claimToWrite(world, c, 'question')
  const [id, round, named] = partsOf(subject)
  const question = caseQuestions.find((one) => one === named)
  if (typeof round !== 'number' || question === undefined) throw linkOver()
  return { state: await caseOf(world, customer, id), round, question }
}
