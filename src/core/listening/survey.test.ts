import { expect, test } from 'vitest'
import { surveyScore } from './survey.ts'

test('the score of one item is the answer, of three items their mean', () => {
  expect(surveyScore('ces', [7])).toBe(7)
  expect(surveyScore('nps', [0])).toBe(0)
  expect(surveyScore('attachment', [7, 6, 7])).toBe(6.67)
})

test('an answer off the scale, too few of them, or too many are no score', () => {
  for (const answers of [[0], [6], [], [3, 3], [2.5], [Number.NaN]]) expect(surveyScore('csat', answers)).toBeNull()
  expect(surveyScore('attachment', [7, 6])).toBeNull()
})
