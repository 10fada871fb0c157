import { describe, expect, test } from 'vitest'
import { isGood, summary, tallyOf, together } from './test.ts'

const file = (status: string, statuses: readonly string[]) => ({
  name: 'src/a.test.ts',
  status,
  assertionResults: statuses.map((each, index) => ({ fullName: `rule ${index}`, status: each })),
})

describe('counting a project of tests', () => {
  test('counts what passed, failed, and was skipped', () => {
    const report = {
      testResults: [file('failed', ['passed', 'failed', 'pending']), file('passed', ['passed', 'todo'])],
    }
    const tally = tallyOf('pure', report, 1)
    expect(tally).toEqual({ passed: 2, failed: ['pure: src/a.test.ts: rule 1'], skipped: 2 })
    expect(summary(tally)).toBe('2 passed, 1 failed, 2 skipped')
    expect(isGood(tally)).toBe(false)
  })

  test('a file that breaks outside of its tests is a failure', () => {
    const report = { testResults: [file('failed', []), file('failed', ['passed'])] }
    expect(tallyOf('db', report, 1).failed).toHaveLength(2)
  })

  test.each([
    ['no report', undefined, 0],
    ['no test', { testResults: [] }, 0],
    ['an exit code without a failed test', { testResults: [file('passed', ['passed'])] }, 1],
  ])('%s is a failure', (_what, report, exitCode) => {
    expect(tallyOf('e2e', report, exitCode).failed).toHaveLength(1)
  })

  test('a run is good when something passed and nothing failed', () => {
    const good = tallyOf('pure', { testResults: [file('passed', ['passed'])] }, 0)
    expect([isGood(good), summary(good)]).toEqual([true, '1 passed, 0 failed'])
    expect(isGood(together([]))).toBe(false)
    expect(isGood(together([good, { passed: 0, failed: ['check: lint'], skipped: 0 }]))).toBe(false)
  })
})
