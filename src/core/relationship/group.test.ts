import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupsOf, type Pointer } from './group.ts'

const anyPointers = fc.uniqueArray(
  fc.record({ customer: fc.constantFrom(...'abcdefgh'), mergedInto: fc.option(fc.constantFrom(...'abcdefgh')) }),
  { selector: ({ customer }) => customer },
)

const pointer = (customer: string, mergedInto: string | null): Pointer => ({ customer, mergedInto })

describe('groupsOf', () => {
  test('a chain ends at its last', () => {
    expect(groupsOf([pointer('a', 'b'), pointer('b', 'c'), pointer('c', null)])).toEqual([
      { root: 'c', members: ['a', 'b'] },
    ])
  })

  test('a target that nobody has heard of is a root', () => {
    expect(groupsOf([pointer('a', 'z')])).toEqual([{ root: 'z', members: ['a'] }])
  })

  test('a circle takes its smallest key, and who points into it belongs to it', () => {
    expect(groupsOf([pointer('c', 'b'), pointer('b', 'c'), pointer('a', 'c')])).toEqual([
      { root: 'b', members: ['a', 'c'] },
    ])
  })

  test('everybody is in exactly one group, whatever the order of the pointers', () => {
    fc.assert(
      fc.property(anyPointers, fc.func(fc.integer()), (pointers, rank) => {
        const groups = groupsOf(pointers)
        const everybody = groups.flatMap(({ root, members }) => [root, ...members])
        expect(new Set(everybody).size).toBe(everybody.length)
        for (const { customer } of pointers) expect(everybody).toContain(customer)
        const shuffled = [...pointers].sort((a, b) => rank(a.customer) - rank(b.customer))
        const byRoot = (list: typeof groups) => [...list].sort((a, b) => (a.root < b.root ? -1 : 1))
        expect(byRoot(groupsOf(shuffled))).toEqual(byRoot(groups))
      }),
    )
  })
})
