#!/usr/bin/env node
// Runs the command line on the Node that Amends brings along, whatever Node npm itself runs on.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR_MIN = 26
const ORPHAN_LOOK_MS = 500
const here = dirname(fileURLToPath(import.meta.url))
const cli = join(here, '..', 'src', 'main', 'cli.ts')

// Stopped by its id, npm ends with its shell and tells nobody: whoever was started by it would run on for ever.
if (process.env.npm_command !== undefined) {
  const parent = process.ppid
  const watch = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM')
  setInterval(watch, ORPHAN_LOOK_MS).unref()
}

if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) {
  // What was compiled once is kept among the temporary files: a command starts in two thirds of the time (1.35 for 2.1 s
  // of processor time for "--help", measured 2026-11-28, one after the other).
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  const { runCli } = await import(cli)
  await runCli(process.argv.slice(2))
} else {
  const require = createRequire(import.meta.url)
  const node = join(
    dirname(require.resolve('node/package.json')),
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    // By the channel the other side notices when this process is killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`The Node that Amends brings along does not start (${error.message}). Run "npm ci" again.`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
