import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Margins } from '../src/core/goodwill/forecast.ts'
import type { LeaveModel } from '../src/core/goodwill/leave-model.ts'
import { type ScoreColumns, scoreColumns } from '../src/core/goodwill/scorer.ts'
import type { StateRows } from '../src/core/goodwill/state-rows.ts'
import type { Instant } from '../src/core/time/instant.ts'

/** What threads share: rows to read, columns to write, and the number of the next row that nobody has taken. */
export type Shared = Pick<StateRows, 'numbers' | 'starts' | 'names'> &
  Readonly<{ columns: ScoreColumns; next: Int32Array; model: LeaveModel; margins: Margins; at: Instant }>

/** Threads that score the same rows, as often as they are asked to. */
export type ScoreThreads = Readonly<{
  /** Scores all rows; answers the processor time of each thread in seconds. */
  score: () => Promise<readonly number[]>
  columns: ScoreColumns
  end: () => Promise<void>
}>

/** Starts threads and puts the rows into memory that they share. */
export function scoreThreads(
  rows: StateRows,
  how: Pick<Shared, 'model' | 'margins' | 'at'>,
  threads: number,
): ScoreThreads {
  const memory = (bytes: number) => new SharedArrayBuffer(bytes)
  const numbers = new Float64Array(memory(8 * (rows.starts.at(-1) ?? 0)))
  numbers.set(rows.numbers.subarray(0, numbers.length))
  const columns = scoreColumns(rows.count, memory)
  const next = new Int32Array(memory(4))
  const workerData: Shared = { numbers, starts: rows.starts, names: rows.names, columns, next, ...how }
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./score-thread.ts', import.meta.url), { workerData }),
  )
  return {
    columns,
    score: async () => {
      next[0] = 0
      const ends = workers.map(async (worker): Promise<number> => {
        worker.postMessage('score')
        return (await once(worker, 'message'))[0]
      })
      return Promise.all(ends)
    },
    end: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
