import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `npm test`: everything that must hold before a change may land. Checks, then the tests from cheap to dear; goes on
 * after a failure, so that one run tells all. The last line is `N passed, N failed`.
 */

const root = fileURLToPath(new URL('..', import.meta.url))

const checks: readonly (readonly [name: string, command: readonly string[]])[] = [
  ['lint', ['biome', 'check', '--error-on-warnings']],
  ['types of the pure rooms', ['tsc', '-p', 'tsconfig.pure.json']],
  ['types', ['tsc', '-p', 'tsconfig.json']],
  ['types of the web app', ['tsc', '-p', 'tsconfig.web.json']],
  ['dead code', ['knip']],
]
const projects = ['pure', 'db', 'e2e'] as const

/** What became of tests, and the names of what failed. */
export type Tally = Readonly<{ passed: number; failed: readonly string[]; skipped: number }>

/** The last line of a run. */
export function summary({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** A run is good when something passed and nothing failed: a run without tests proves nothing. */
export const isGood = ({ passed, failed }: Tally): boolean => passed > 0 && failed.length === 0

type Report = Readonly<{
  testResults: readonly Readonly<{
    name: string
    status: string
    assertionResults: readonly Readonly<{ fullName: string; status: string }>[]
  }>[]
}>

/**
 * Counts one project of vitest. A file that broke outside of its tests, a project without a report or without a
 * test, and an exit code that the report does not explain are failures by name.
 */
export function tallyOf(project: string, report: Report | undefined, exitCode: number): Tally {
  if (report === undefined) return { passed: 0, failed: [`${project}: vitest wrote no report`], skipped: 0 }
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      named: `${project}: ${name.replace(root, '')}: ${fullName}`,
      status,
    })),
  )
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = [
    ...tests.filter(({ status }) => status === 'failed').map(({ named }) => named),
    ...broken.map(({ name }) => `${project}: ${name.replace(root, '')}: the file itself`),
  ]
  if (tests.length === 0 && failed.length === 0) failed.push(`${project}: no test ran`)
  if (exitCode !== 0 && failed.length === 0) failed.push(`${project}: vitest ended with ${exitCode}`)
  const passed = tests.filter(({ status }) => status === 'passed').length
  return { passed, failed, skipped: tests.length - passed - tests.filter(({ status }) => status === 'failed').length }
}

/** Adds up what parts of a run came to. */
export const together = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
  failed: tallies.flatMap(({ failed }) => failed),
  skipped: tallies.reduce((sum, { skipped }) => sum + skipped, 0),
})

/** Runs a command of ours with its output streaming, and answers its exit code. */
const run = (command: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const [name = '', ...words] = command
    const child = spawn(join(root, 'node_modules', '.bin', name), words, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })

async function check(name: string, command: readonly string[]): Promise<Tally> {
  console.log(`\n${name}: ${command.join(' ')}`)
  const code = await run(command)
  return { passed: 0, failed: code === 0 ? [] : [`check: ${name}`], skipped: 0 }
}

async function testProject(project: string, folder: string): Promise<Tally> {
  console.log(`\ntests: ${project}`)
  const path = join(folder, `${project}.json`)
  const flags = ['--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${path}`]
  const code = await run(['vitest', 'run', ...flags])
  const text = await readFile(path, 'utf8').catch(() => undefined)
  return tallyOf(project, text === undefined ? undefined : JSON.parse(text), code)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = await mkdtemp(join(tmpdir(), 'amends-test-reports-'))
  const tallies: Tally[] = []
  for (const [name, command] of checks) tallies.push(await check(name, command))
  for (const project of projects) tallies.push(await testProject(project, folder))
  await rm(folder, { recursive: true, force: true })
  const all = together(tallies)
  console.log(all.failed.length === 0 ? '' : `\nFailed:\n${all.failed.map((name) => `  ${name}`).join('\n')}\n`)
  console.log(summary(all))
  process.exitCode = isGood(all) ? 0 : 1
}
