/** One thread of `score-in-threads.ts`: scores chunks of shared rows into shared columns, each chunk by whoever asks next. */
import { parentPort, workerData } from 'node:worker_threads'
import { scorerOf } from '../src/core/goodwill/scorer.ts'
import { StateRows } from '../src/core/goodwill/state-rows.ts'
import type { Shared } from './score-in-threads.ts'

const CHUNK = 1_000

const { numbers, starts, names, columns, next, model, margins, at }: Shared = workerData
const rows = new StateRows({ numbers, starts, names })
const scorer = scorerOf(model, margins)
parentPort?.on('message', () => {
  const began = process.threadCpuUsage()
  for (;;) {
    const from = Atomics.add(next, 0, CHUNK)
    if (from >= rows.count) break
    scorer.scoreRows(rows, at, columns, from, Math.min(rows.count, from + CHUNK))
  }
  const { user, system } = process.threadCpuUsage(began)
  parentPort?.postMessage((user + system) / 1e6)
})
