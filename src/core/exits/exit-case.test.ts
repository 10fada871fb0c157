import { expect, test } from 'vitest'
import { DAY_MS, instant } from '../time/instant.ts'
import { decideExit, type ExitCase, type ExitStep, requested } from './exit-case.ts'

const begin = instant(Date.UTC(2026, 10, 19, 9, 42))
const later = (days: number) => instant(begin + days * DAY_MS)
const settlement = { refundMinor: 740, currency: 'EUR', vouchers: 'kept' } as const
const confirm: ExitStep = { kind: 'confirm', endsAt: later(30) }

/** Takes steps, each on its day, and tells each event or refusal. */
function walk(...steps: readonly (readonly [day: number, step: ExitStep])[]): readonly string[] {
  let exit: ExitCase = requested(begin)
  return steps.map(([day, step]) => {
    const decision = decideExit(exit, step, later(day))
    if (decision.kind === 'refused') return decision.because
    exit = decision.exit
    return decision.event
  })
}

test('an exit goes from the request to the end, and each step is told once', () => {
  expect(
    walk(
      [0, confirm],
      [0, confirm],
      [3, { kind: 'settle', settlement }],
      [3, { kind: 'settle', settlement }],
      [4, { kind: 'hand-over' }],
      [29, { kind: 'end' }],
      [30, { kind: 'end' }],
      [31, { kind: 'end' }],
    ),
  ).toEqual([
    ...['exit.confirmed', 'taken-before', 'exit.settled', 'taken-before', 'exit.data_handed_over'],
    ...['not-over-yet', 'exit.ended', 'taken-before'],
  ])
})

test('nothing that the firm has left to do holds the end up', () => {
  expect(walk([0, confirm], [30, { kind: 'end' }])).toEqual(['exit.confirmed', 'exit.ended'])
})

test('no step comes before the firm knows whose contract it is', () => {
  expect(walk([0, { kind: 'settle', settlement }], [0, { kind: 'hand-over' }], [90, { kind: 'end' }])).toEqual([
    'not-confirmed',
    'not-confirmed',
    'not-confirmed',
  ])
})
