import { expect, test } from 'vitest'
import { type RegimePack, regimePacks } from '../core/cases/regime-pack.ts'
import { packInWords, startInWords } from './regime-words.ts'
import { regimesNl } from './words/regimes-nl.ts'
import { regimesRu } from './words/regimes-ru.ts'

const saidBy = ({ name, jurisdiction, appliesTo, letters, steps, openQuestions }: RegimePack): readonly string[] => [
  ...[name, jurisdiction, appliesTo, ...openQuestions, ...letters.map((one) => one.name)],
  ...steps.flatMap((step) => [step.name, step.source.title, ...(step.source.note === null ? [] : [step.source.note])]),
]
const all = new Set(regimePacks.flatMap(saidBy))

test.each([
  ['nl', regimesNl],
  ['ru', regimesRu],
] as const)('in %s packs say everything that they say in English, and nothing else', (locale, words) => {
  expect(new Set(Object.keys(words))).toEqual(all)
  const told = regimePacks.map((pack) => packInWords(locale, pack)).flatMap(saidBy)
  const names = /^(EU|GB|NL|DE|GDPR|Kifid|BGB § 312k|ISO 10002)$/
  expect(told.filter((text) => all.has(text) && !names.test(text))).toEqual([])
})

test('numbers, dates and names of rules are the same in every language', () => {
  const figures = (text: string) => text.match(/\d+/g) ?? []
  for (const words of [regimesNl, regimesRu]) {
    for (const [english, other] of Object.entries(words)) expect(figures(other)).toEqual(figures(english))
  }
})

test('what starts a step has words in every language', () => {
  const events = new Set(regimePacks.flatMap(({ steps }) => steps.map((step) => step.starts)))
  for (const locale of ['en', 'nl', 'ru'] as const) {
    expect([...events].filter((event) => startInWords(locale, event) === event)).toEqual([])
  }
})

test('in English a pack says what it says, and what it is known by stays', () => {
  for (const pack of regimePacks) {
    expect(packInWords('en', pack)).toEqual(pack)
    const { steps, ...rest } = packInWords('ru', pack)
    expect([rest.id, steps.map(({ id }) => id)]).toEqual([pack.id, pack.steps.map(({ id }) => id)])
  }
})

test('no two packs are called alike in a language, and no two steps of a pack that last alike, so that changed ones are told apart', () => {
  for (const locale of ['en', 'nl', 'ru'] as const) {
    const packs = regimePacks.map((pack) => packInWords(locale, pack))
    expect(new Set(packs.map(({ name }) => name)).size).toBe(packs.length)
    for (const { steps } of packs)
      expect(new Set(steps.map(({ name, deadline }) => `${name} ${JSON.stringify(deadline)}`)).size).toBe(steps.length)
  }
})
