import { expect, test } from 'vitest'
import { redactOthers } from './redact.ts'

const own = ['marieke@example.org', '+31 6 1234 5678', 'NL91ABNA0417164300']

test.each([
  ['Mail to Marieke@example.org and jan@example.org.', 'Mail to Marieke@example.org and […].'],
  ['Called 06 12345678, her neighbour has 020-7654321 0.', 'Called 06 12345678, her neighbour has […].'],
  ['Paid from NL91 ABNA 0417 1643 00, not DE89 3704 0044 0532 0130 00.', 'Paid from NL91 ABNA 0417 1643 00, not […].'],
  ['Order 88-214 of 2026-03-06 cost 1.249,95.', 'Order 88-214 of 2026-03-06 cost 1.249,95.'],
  ['', ''],
])('%j becomes %j', (text, told) => {
  expect(redactOthers(text, own)).toBe(told)
})
