import type { CaseEvidence } from '../../contract/case-evidence.ts'
import type { CasePage } from '../../contract/cases.ts'
import { evidenceWords } from '../../contract/evidence-words.ts'
import { type Block, type LetterDocument, letterNamed } from '../../contract/letter.ts'
import { letterWords } from '../../contract/letter-words.ts'
import { momentInWords } from '../../contract/moment-words.ts'
import { caseWords } from '../../contract/words/cases.ts'
import { severityWords } from '../../contract/words/severities.ts'
import { entrySentence, type Locale, moneyInWords, termInWords } from '../../contract/words.ts'
import { instantOf } from '../../core/time/instant.ts'

/** What the evidence of a case is drawn from, beside the evidence itself. */
export type EvidencePaper = Readonly<{
  page: CasePage
  evidence: CaseEvidence
  firm: string
  simulated: boolean
  language: Locale
}>

type Told = EvidencePaper & Readonly<{ at: (time: string | null) => string }>

/** The evidence of a case as a document: every step and time, the texts, the clocks, the deadlines with their source. */
export function evidenceDocument(paper: EvidencePaper): LetterDocument {
  const { page, evidence, firm, language } = paper
  const w = evidenceWords[language]
  const at = (time: string | null) =>
    time === null ? '' : momentInWords(language, Date.parse(time), evidence.timeZone)
  const told: Told = { ...paper, at }
  const title = w.title(page.id)
  return {
    title,
    language,
    firm,
    foot: `${title} · ${w.made} ${at(evidence.madeAt)}`,
    madeAt: instantOf(evidence.madeAt),
    blocks: blocksOf(told).map((block) => (isEmpty(block) ? { is: 'paragraph', text: w.none } : block)),
  }
}

function blocksOf(told: Told): readonly Block[] {
  const w = evidenceWords[told.language]
  return [
    ...(told.simulated ? [{ is: 'small', text: w.simulated } as const] : []),
    { is: 'heading', text: w.facts },
    { is: 'pairs', rows: factsOf(told) },
    ...section(w.steps, stepTable(told)),
    ...section(w.legal, legalTable(told)),
    ...section(w.promises, promiseTable(told)),
    ...section(w.offers, offerTable(told)),
    ...section(w.story, storyTable(told)),
    ...section(w.mails, mailBlocks(told)),
    ...section(w.letters, letterTable(told)),
    ...section(w.entries, entryTable(told)),
  ]
}

const isEmpty = (block: Block): boolean => block.is === 'table' && block.rows.length === 0

/** Parts of the product that do steps of a case by themselves. */
const PARTS = ['clock', 'public-page', 'worker']

/** A person by name; what the product did by itself, and the customer, in words. */
function whoIn(language: Locale, { id, name }: Readonly<{ id: string; name: string | null }>): string {
  const { doers } = evidenceWords[language]
  if (name !== null) return name
  if (id === 'rule' || id === 'customer') return doers[id]
  return PARTS.includes(id) || id.startsWith('system:') ? doers.amends : id
}

const section = (text: string, blocks: readonly Block[]): readonly Block[] => [{ is: 'heading', text }, ...blocks]

function factsOf({ page, evidence, language, at }: Told): readonly (readonly [string, string])[] {
  const w = evidenceWords[language]
  const money = (minor: number) => moneyInWords(language, minor, page.currency ?? page.firmCurrency)
  const rows: readonly (readonly [string, string | null])[] = [
    [w.customer, page.name === null ? page.customer : `${page.name} (${page.customer})`],
    [w.failure, page.category === null ? page.failure : `${termInWords(language, page.category)} (${page.failure})`],
    [w.severity, severityWords[language][page.severity]],
    [w.opened, at(page.openedAt)],
    [w.closed, page.closedAt === null ? null : at(page.closedAt)],
    [w.loss, page.lossMinor === null ? null : money(page.lossMinor)],
    [w.remedy, page.remedy === null ? null : `${page.remedy.what} (${money(page.remedy.valueMinor)})`],
    [w.given, money(page.compensatedMinor)],
    [w.cause, page.rootCause],
    [w.rounds, String(page.failedRounds)],
    [w.rules, w.version(evidence.rulesVersion)],
    [w.made, at(evidence.madeAt)],
  ]
  return rows.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const]))
}

const table = (head: readonly string[], widths: readonly number[], rows: readonly (readonly string[])[]) =>
  [{ is: 'table', head, widths, rows }] as const

function stepTable({ page, language, at }: Told): readonly Block[] {
  const w = evidenceWords[language]
  const rows = page.steps.map(({ step, standing, clock, doneAt }) => [
    caseWords[language].steps[step],
    w.standings[standing],
    at(clock?.dueAt ?? null),
    at(doneAt),
  ])
  return table([w.step, w.standing, w.due, w.done], [3, 2, 4, 4], rows)
}

function legalTable({ page, language, at }: Told): readonly Block[] {
  const w = evidenceWords[language]
  const rows = page.legal.flatMap(({ name, steps }) =>
    steps.map((step) => [
      `${name}: ${step.name}`,
      `${at(step.dueAt)}${step.isLate ? ' !' : ''}`,
      at(step.doneAt),
      `${step.source.title}, ${step.source.notedOn}`,
    ]),
  )
  return table([w.deadline, w.due, w.done, w.source], [4, 3, 3, 3], rows)
}

function promiseTable({ page, language, at }: Told): readonly Block[] {
  const w = evidenceWords[language]
  const rows = page.told.promises.map(({ what, promise, due, keptAt, owner }) => [
    what === '' ? w.promised[promise] : what,
    whoIn(language, owner),
    at(due),
    at(keptAt),
  ])
  return table([w.what, w.who, w.due, w.kept], [4, 3, 3, 3], rows)
}

function offerTable({ page, language, at }: Told): readonly Block[] {
  const w = evidenceWords[language]
  const money = (minor: number) => moneyInWords(language, minor, page.currency ?? page.firmCurrency)
  const rows = page.told.offers.flatMap(({ choices, chosen, offeredAt, answeredAt }) =>
    choices.map(({ what, valueMinor }, place) => [
      what,
      money(valueMinor),
      at(offeredAt),
      chosen === place ? at(answeredAt) : '',
    ]),
  )
  return table([w.what, w.given, w.when, w.done], [4, 2, 3, 3], rows)
}

function storyTable({ page, language, at }: Told): readonly Block[] {
  const w = evidenceWords[language]
  const rows = page.story.map(({ at: when, sentence, by }) => [
    at(when),
    sentence,
    by === null ? '' : whoIn(language, by),
  ])
  return table([w.when, w.what, w.who], [3, 6, 2], rows)
}

function mailBlocks({ page, language, at }: Told): readonly Block[] {
  const w = evidenceWords[language]
  if (page.told.mails.length === 0) return table([w.what], [1], [])
  return page.told.mails.flatMap((mail): readonly Block[] => [
    { is: 'paragraph', text: `${mail.subject}\n${at(mail.sentAt ?? mail.createdAt)}, ${w.mailStates[mail.state]}` },
    { is: 'small', text: mail.body.trim() },
  ])
}

function letterTable({ page, language, at }: Told): readonly Block[] {
  const w = evidenceWords[language]
  const packs = new Map(page.legal.map(({ pack, name }) => [pack, name]))
  const rows = page.told.letters.map(({ madeAt, letter, pack, sha256 }) => {
    const known = letterNamed(letter)
    const title = known === undefined ? letter : letterWords[language].titles[known]
    return [at(madeAt), [title, packs.get(pack) ?? []].flat().join(', '), sha256]
  })
  return table([w.when, w.what, 'SHA-256'], [3, 3, 5], rows)
}

function entryTable({ evidence, language, at }: Told): readonly Block[] {
  const w = evidenceWords[language]
  const rows = evidence.entries.map(({ position, at: when, kind, by }) => [
    String(position),
    at(when),
    w.kinds[kind] ?? entrySentence(language, kind) ?? kind,
    whoIn(language, by),
  ])
  return table(['#', w.when, w.what, w.who], [1, 4, 4, 3], rows)
}
