import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stackDots } from './dot-stack.ts'

const axis = { width: 280, most: 100, dot: 6 }

test('equal values stand on each other, and different ones side by side', () => {
  expect(stackDots([50, 50, 0], axis)).toEqual([
    { at: 0, level: 0 },
    { at: 140, level: 0 },
    { at: 140, level: 1 },
  ])
})

test('every value has its own place on the axis, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 60 }), (values) => {
      const dots = stackDots(values, axis)
      expect(new Set(dots.map(({ at, level }) => `${at} ${level}`)).size).toBe(values.length)
      expect(dots.every(({ at }) => at >= 0 && at <= axis.width)).toBe(true)
      expect(dots.map(({ at }) => at)).toEqual(dots.map(({ at }) => at).toSorted((a, b) => a - b))
    }),
  )
})
