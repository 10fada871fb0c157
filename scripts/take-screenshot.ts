import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'
import { buildWeb } from './build-web.ts'

/** Draws docs/overview.png: the overview of the demo firm, which marks itself as simulated, from a database of its own. */

const root = fileURLToPath(new URL('..', import.meta.url))
const picture = join(root, 'docs', 'overview.png')
const FIRM = ['--kind', 'shop', '--customers', '2000', '--months', '18', '--seed', '1']
const READY_MS_MAX = 60_000
// One process would end with its first page.
const LONELY = new Set(['--single-process', '--no-zygote'])

const dataDir = await mkdtemp(join(tmpdir(), 'amends-picture-'))
// Started as root, PostgreSQL runs as another user, who must be able to enter.
await chmod(dataDir, 0o755)

const amends = (words: readonly string[]) =>
  spawn(process.execPath, [join(root, 'bin', 'amends.js'), ...words], {
    env: { ...process.env, DATABASE_URL: '', AMENDS_DATA_DIR: dataDir, AMENDS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })

type Running = ReturnType<typeof amends>

async function addressOf(server: Running): Promise<string> {
  const signal = AbortSignal.timeout(READY_MS_MAX)
  let said = ''
  for (;;) {
    const [chunk] = await once(server.stdout, 'data', { signal })
    said += String(chunk)
    const address = /ready at (http:\S+)/.exec(said)?.[1]
    if (address !== undefined) return address
  }
}

async function draw(address: string): Promise<void> {
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => !LONELY.has(arg)),
    headless: true,
  })
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    })
    const administrator = { email: 'administrator@example.org', name: 'Administrator', password: crypto.randomUUID() }
    await context.request.post(`${address}/v1/setup`, { data: administrator })
    const page = await context.newPage()
    await page.goto(address, { waitUntil: 'networkidle' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await mkdir(join(root, 'docs'), { recursive: true })
    await page.screenshot({ path: picture })
  } finally {
    await browser.close()
  }
}

await buildWeb()
let server: Running | undefined
try {
  const simulation = amends(['simulate', ...FIRM, '--json'])
  const [code] = await once(simulation, 'exit')
  if (code !== 0) throw new Error('the demo firm was not made')
  server = amends(['start', '--no-open'])
  await draw(await addressOf(server))
  console.log('docs/overview.png is drawn.')
} finally {
  if (server !== undefined) {
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  await rm(dataDir, { recursive: true, force: true })
}
