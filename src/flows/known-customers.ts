import type { Save, Saved } from '../store/relationships.ts'

/**
 * Text of states that is remembered, in characters; in memory a state takes four times as many bytes (4.2 KB of a
 * simulated shop's customer, measured 2026-11-29). Some 4,700 of them fit.
 */
const CHARACTERS_MAX = 6_000_000
/** Of a row without a state, and of what every row has beside it. */
const ROW_CHARACTERS = 200

/**
 * Customers as this process saved them last, so that the next events of theirs need no reading and no parsing (9 % of the
 * processor time of an event in order of time when all are known, 2026-11-28, both ways by turns). Another may have saved them since: whoever computes from one must save it,
 * for then its revision tells.
 */
export type KnownCustomers = Readonly<{
  find: (customer: string) => Saved | undefined
  /** What was saved, once it is committed. */
  note: (saves: readonly Save[]) => void
  /** How many characters of text are remembered. */
  characters: () => number
}>

/** Remembers customers, those used last the longest. */
export function knownCustomers(charactersMax = CHARACTERS_MAX): KnownCustomers {
  // A map keeps the order of writing: the first is the one that was not used for longest.
  const rows = new Map<string, Readonly<{ saved: Saved; characters: number }>>()
  let sum = 0
  const drop = (customer: string): void => {
    sum -= rows.get(customer)?.characters ?? 0
    rows.delete(customer)
  }
  return {
    find: (customer) => {
      const row = rows.get(customer)
      if (row === undefined) return undefined
      rows.delete(customer)
      rows.set(customer, row)
      return row.saved
    },
    note: (saves) => {
      for (const { customer, was, of, mergedInto, members, root } of saves) {
        drop(customer)
        const characters = ROW_CHARACTERS + (of?.stored.length ?? 0)
        const state = of?.state ?? null
        rows.set(customer, { saved: { customer, revision: was + 1, mergedInto, members, root, state }, characters })
        sum += characters
      }
      for (const customer of rows.keys()) {
        if (sum <= charactersMax) return
        drop(customer)
      }
    },
    characters: () => sum,
  }
}
