#!/usr/bin/env node
// Runs the command line on the Node that Amends brings along, whatever Node npm itself runs on.
import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR_MIN = 26
const ORPHAN_LOOK_MS = 500
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const built = new URL('../dist/server/cli.js', import.meta.url)
const source = new URL('../src/main/cli.ts', import.meta.url)

// Stopped by its id, npm ends with its shell and tells nobody: whoever was started by it would run on for ever.
if (process.env.npm_command !== undefined) {
  const parent = process.ppid
  const watch = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM')
  setInterval(watch, ORPHAN_LOOK_MS).unref()
}

if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) {
  // What was compiled once is kept among the temporary files. An old Node knows no such function: it stops at the import.
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  const { runCli } = await import((isCurrent() ? built : source).href)
  await runCli(process.argv.slice(2))
} else {
  const child = spawn(bundledNode(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    // By the channel the other side notices when this process is killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(
      `The Node that Amends brings along does not start (${error.message}). Allow its install script ` +
        `("npm install-scripts approve node", then "npm rebuild node"), or run Amends on Node ${NODE_MAJOR_MIN}.`,
    )
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

/** Whether what "npm run prepare" built is there and no source is newer: a checkout that was edited runs from source. */
function isCurrent() {
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs
  if (builtAt === undefined) return false
  // An installed package: nobody edits it, and Node would not run its source.
  if (/[\\/]node_modules[\\/]/.test(root)) return true
  const src = join(root, 'src')
  return readdirSync(src, { recursive: true }).every((path) => statSync(join(src, path)).mtimeMs <= builtAt)
}

function bundledNode() {
  const require = createRequire(import.meta.url)
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  return join(dirname(require.resolve('node/package.json')), 'bin', name)
}
