import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { isWordless, type Matter, wordsKeptFrom } from './words-kept.ts'

const NOW = instant(1_000 * DAY_MS)
const day = fc.integer({ min: 0, max: 1_000 }).map((days) => instant(days * DAY_MS))
const matter: fc.Arbitrary<Matter> = fc
  .record({ since: day, length: fc.option(fc.integer({ min: 0, max: 400 })), held: fc.option(day) })
  .map(({ since, length, held }) => ({
    since,
    endedAt: length === null ? null : instant(Math.min(NOW, since + length * DAY_MS)),
    heldUntil: held,
  }))
const several = fc.array(matter, { maxLength: 6 })
const kept = (one: Matter, before: Instant) => !isWordless(one, before, NOW)

test('words of what is open, of what ended later, and of what the law holds are kept, from before it began', () => {
  fc.assert(
    fc.property(several, day, (matters, before) => {
      const from = wordsKeptFrom(matters, before, NOW)
      expect(from).toBeLessThanOrEqual(before)
      for (const one of matters) {
        const isNeeded = one.endedAt === null || one.endedAt >= before || (one.heldUntil ?? 0) > NOW
        expect(kept(one, before)).toBe(isNeeded)
        if (isNeeded) expect(from).toBeLessThanOrEqual(one.since - 14 * DAY_MS)
      }
      // Nothing is kept for nobody's sake.
      if (matters.every((one) => !kept(one, before))) expect(from).toBe(before)
    }),
  )
})

test('one more matter keeps no less, and a longer period removes no more', () => {
  fc.assert(
    fc.property(several, matter, day, day, (matters, more, a, b) => {
      const [earlier, later] = [instant(Math.min(a, b)), instant(Math.max(a, b))]
      expect(wordsKeptFrom([...matters, more], a, NOW)).toBeLessThanOrEqual(wordsKeptFrom(matters, a, NOW))
      expect(wordsKeptFrom(matters, earlier, NOW)).toBeLessThanOrEqual(wordsKeptFrom(matters, later, NOW))
      for (const one of matters) if (kept(one, later)) expect(kept(one, earlier)).toBe(true)
    }),
  )
})
