import { execFileSync } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  amends,
  askWith,
  freshDirectory,
  makeKey,
  projectRoot,
  removeDirectory,
  type StartedApp,
  startApp,
  until,
} from '../started-app.ts'

/** Where an installed package lies: below `node_modules`, beside what it needs. */
let place: string
let home: string
let directory: string
let app: StartedApp | undefined

beforeAll(async () => {
  place = await freshDirectory()
  directory = await freshDirectory()
  const modules = join(place, 'node_modules')
  home = join(modules, 'amends')
  await mkdir(home, { recursive: true })
  // As "npm ci" built it: to build it anew would take it away from whoever runs beside.
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', place], {
    cwd: projectRoot,
    stdio: 'pipe',
  })
  const packed = (await readdir(place)).find((name) => name.endsWith('.tgz')) ?? ''
  execFileSync('tar', ['xzf', join(place, packed), '-C', home, '--strip-components=1'])
  for (const name of await readdir(join(projectRoot, 'node_modules')))
    if (!name.startsWith('.')) await symlink(join(projectRoot, 'node_modules', name), join(modules, name))
})
afterAll(async () => {
  await app?.stop()
  await removeDirectory(directory)
  await rm(place, { recursive: true, force: true })
})

test('a package holds what runs and what is read, and no tests', async () => {
  const files = await readdir(home, { recursive: true })
  expect(files.filter((path) => /\.test\.tsx?$/.test(path))).toEqual([])
  expect(files).toEqual(expect.arrayContaining(['dist/server/cli.js', 'dist/web/index.html', 'docs/import.md']))
})

test('its commands run, and find mappings and migrations', async () => {
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))
  expect(await amends(directory, ['--version'], { home })).toMatchObject({ code: 0, stdout: `${version}\n` })
  const out = join(place, 'firm.ndjson')
  const simulated = await amends(
    directory,
    ['simulate', '--customers', '300', '--end-at', '2026-06-01T00:00:00Z', '--out', out, '--json'],
    { home },
  )
  const { events } = JSON.parse(simulated.stdout)
  expect((await stat(out)).size).toBeGreaterThan(events)
  const imported = await amends(directory, ['import', out, '--mapping', 'events', '--json'], { home, cwd: place })
  expect(JSON.parse(imported.stdout)).toMatchObject({ accepted: events, rejected: 0 })
})

test('its server serves the pages, its worker works, and learns in a thread', async () => {
  app = await startApp({ directory, home })
  const server = { address: app.address, key: await makeKey(directory) }
  expect(await (await fetch(app.address)).text()).toContain('<div id="root">')
  expect(await (await fetch(`${app.address}/leave`)).text()).toContain('<main')
  const ask = async (method: string, path: string, body?: object) =>
    (await askWith(server, method, path, body)).json() as Promise<{ id: string; state: string }>
  const { id } = await ask('POST', '/v1/models/leave/fits')
  const learned = await until(async () => {
    const task = await ask('GET', `/v1/tasks/${id}`)
    return ['done', 'failed'].includes(task.state) && task
  })
  expect(learned).toMatchObject({ state: 'done', problem: null })
})

test('a checkout runs what was built, until a source is newer', async () => {
  const checkout = join(place, 'checkout')
  await cp(home, checkout, { recursive: true })
  await symlink(join(projectRoot, 'node_modules'), join(checkout, 'node_modules'))
  const words = ['--version']
  const outputOf = async () => (await amends(directory, words, { home: checkout })).stdout
  await writeFile(join(checkout, 'dist/server/cli.js'), `export const runCli = () => process.stdout.write('built')`)
  expect(await outputOf()).toBe('built')
  const later = new Date(Date.now() + 60_000)
  await utimes(join(checkout, 'src/main/start.ts'), later, later)
  expect(await outputOf()).toMatch(/^\d+\.\d+\.\d+\n$/)
})
